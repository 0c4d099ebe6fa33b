package io.github.posteriorj.imagej.fiji;

import io.github.posteriorj.imagej.fiji.ShownField.Kind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scijava.object.ObjectService;
import org.scijava.plugin.Parameter;
import org.scijava.util.NumberUtils;
import org.scijava.widget.AbstractInputWidget;
import org.scijava.widget.Button;
import org.scijava.widget.WidgetModel;
import org.scijava.widget.WidgetStyle;

/**
 * Stands for the widgets of Fiji's dialog: it takes the inputs that they take, asks its model what
 * they ask, and tells what they would show.
 */
public final class RecordingWidget extends AbstractInputWidget<Object, ShownField> {

  @Parameter private ObjectService objects;

  private String pattern = "";

  /** The widget that SciJava would find for an input, if there is one. */
  private static Optional<Kind> kind(WidgetModel model) {
    if (model.isMessage()) {
      return Optional.of(Kind.MESSAGE);
    }
    if (model.isType(Button.class)) {
      return Optional.of(Kind.BUTTON);
    }
    if (model.isText() && model.isMultipleChoice()) {
      return Optional.of(Kind.CHOICE);
    }
    if (model.isNumber()) {
      return Optional.of(Kind.NUMBER);
    }
    if (model.isMultipleChoice() || !model.getObjectPool().isEmpty()) {
      return Optional.of(Kind.OBJECT);
    }
    if (model.isText()) {
      return Optional.of(Kind.TEXT);
    }
    if (model.isBoolean()) {
      return Optional.of(Kind.CHECK_BOX);
    }
    return model.getItem().getType() == java.io.File.class
        ? Optional.of(Kind.FILE)
        : Optional.empty();
  }

  @Override
  public boolean supports(WidgetModel model) {
    return super.supports(model) && kind(model).isPresent();
  }

  @Override
  public void set(WidgetModel model) {
    super.set(model);
    if (kind(model).orElseThrow() == Kind.NUMBER) {
      pattern = pattern(model);
    }
  }

  /**
   * The format of a number's field: the one of its style, else with the decimals that its first
   * value, its step or a limit has. It does not change with what is typed.
   */
  private static String pattern(WidgetModel model) {
    String given = WidgetStyle.getStyleModifier(model.getItem().getWidgetStyle(), "format");
    if (given != null) {
      return given;
    }
    int decimals =
        Stream.of((Number) model.getValue(), model.getStepSize(), model.getMin(), model.getMax())
            .mapToInt(RecordingWidget::decimals)
            .max()
            .orElseThrow();
    return decimals <= 0 ? "0" : "0." + "0".repeat(decimals);
  }

  private static int decimals(Number number) {
    return number == null
        ? 0
        : BigDecimal.valueOf(number.doubleValue()).stripTrailingZeros().scale();
  }

  @Override
  public Object getValue() {
    return get().getValue();
  }

  @Override
  public void refreshWidget() {
    // What is shown is asked for when it is looked at.
  }

  @Override
  public boolean isMessage() {
    return kind(get()).orElseThrow() == Kind.MESSAGE;
  }

  @Override
  public Class<ShownField> getComponentType() {
    return ShownField.class;
  }

  @Override
  public ShownField getComponent() {
    WidgetModel model = get();
    Kind kind = kind(model).orElseThrow();
    return new ShownField(
        model.getItem().getName(),
        model.getWidgetLabel(),
        model.getItem().getDescription(),
        kind,
        text(kind),
        choices(),
        pattern);
  }

  private String text(Kind kind) {
    WidgetModel model = get();
    return switch (kind) {
      case NUMBER -> {
        Number value = (Number) model.getValue();
        yield ShownField.numberFormat(pattern)
            .format(
                NumberUtils.clampToRange(value.getClass(), value, model.getMin(), model.getMax()));
      }
      case OBJECT -> objects.getName(model.getValue());
      case BUTTON -> model.getWidgetLabel();
      default -> model.getText();
    };
  }

  private List<String> choices() {
    WidgetModel model = get();
    return model.isMultipleChoice()
        ? Arrays.asList(model.getChoices())
        : model.getObjectPool().stream().map(objects::getName).toList();
  }
}
