package io.github.posteriorj.imagej.host.headless;

/** Stands for {@link java.awt.CheckboxGroup}, for the sake of {@link Checkbox}. */
public class CheckboxGroup {

  private Checkbox selected;

  /** Returns the radio button that is selected, or null. */
  public Checkbox getSelectedCheckbox() {
    return selected;
  }

  /** Selects a radio button. */
  public void setSelectedCheckbox(Checkbox checkbox) {
    selected = checkbox;
  }
}
