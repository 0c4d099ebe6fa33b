package io.github.posteriorj.imagej.fiji;

import java.util.ArrayList;
import java.util.List;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.widget.AbstractInputHarvester;
import org.scijava.widget.AbstractInputPanel;
import org.scijava.widget.InputPanel;
import org.scijava.widget.InputWidget;

/** Builds a command's dialog as Fiji does, up to the moment at which it would be shown. */
final class DialogBuilder extends AbstractInputHarvester<DialogBuilder.Panel, ShownField> {

  /** The column of fields. */
  static final class Panel extends AbstractInputPanel<Panel, ShownField> {

    private final List<InputWidget<?, ShownField>> column = new ArrayList<>();

    @Override
    public void addWidget(InputWidget<?, ShownField> widget) {
      super.addWidget(widget);
      column.add(widget);
    }

    @Override
    public Class<ShownField> getWidgetComponentType() {
      return ShownField.class;
    }

    @Override
    public Panel getComponent() {
      return this;
    }

    @Override
    public Class<Panel> getComponentType() {
      return Panel.class;
    }
  }

  FijiDialog build(Module module) throws ModuleException {
    Panel panel = createInputPanel();
    buildPanel(panel, module);
    return new FijiDialog(panel.column.stream().map(InputWidget::getComponent).toList(), "");
  }

  @Override
  public Panel createInputPanel() {
    return new Panel();
  }

  @Override
  public boolean harvestInputs(InputPanel<Panel, ShownField> panel, Module module) {
    return false; // Nobody is there to answer.
  }
}
