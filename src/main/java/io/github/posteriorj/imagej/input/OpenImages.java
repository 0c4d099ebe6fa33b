package io.github.posteriorj.imagej.input;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The images that are open, and the names by which dialogs, macros and scripts choose them. */
public final class OpenImages {

  /** What an input says that chooses no image. */
  public static final String NONE = "none";

  private static final Pattern NUMBER = Pattern.compile("-\\d{1,9}");

  /** A name of {@link #name}, or what {@link ImagePlus#toString} makes of an image in a script. */
  private static final Pattern NUMBERED =
      Pattern.compile(".* \\((-\\d{1,9})\\)|img\\[\".*\" \\((-\\d{1,9})\\), .*", Pattern.DOTALL);

  private OpenImages() {}

  /** The open images in the order of ImageJ's Window menu. */
  public static List<ImagePlus> all() {
    int[] ids = WindowManager.getIDList();
    if (ids == null) {
      return List.of();
    }
    return Arrays.stream(ids)
        .mapToObj(WindowManager::getImage)
        .filter(image -> image != null)
        .toList();
  }

  /** The names of the open images, each another one. */
  public static List<String> names() {
    return all().stream().map(OpenImages::name).toList();
  }

  /** The name of an open image: its title, with its number where another one has the same title. */
  public static String name(ImagePlus image) {
    List<String> titles = titles();
    String title = image.getTitle();
    return Collections.frequency(titles, title) > 1 ? title + " (" + image.getID() + ")" : title;
  }

  /**
   * Finds an open image; of several of one title it is the active one.
   *
   * @param key the input that asks for it, for the message
   * @param name its name, title or number; null, nothing or {@value #NONE} for no image
   * @throws InvalidInputException if it is not open, or several have this title and none of them is
   *     active; the message tells which are open
   */
  public static Optional<ImagePlus> find(String key, String name) {
    if (name == null || name.isBlank()) {
      return Optional.empty();
    }
    List<ImagePlus> titled = all().stream().filter(open -> open.getTitle().equals(name)).toList();
    ImagePlus active = WindowManager.getCurrentImage();
    if (titled.contains(active)) {
      return Optional.of(active);
    }
    if (titled.size() > 1) {
      throw new InvalidInputException(
          "%s asks for the image \"%s\", but %d open images have this title. Name one of them with its number, such as %s=[%s], or rename one: Image > Rename..."
              .formatted(key, name, titled.size(), key, name(titled.get(0))));
    }
    if (titled.size() == 1) {
      return Optional.of(titled.get(0));
    }
    if (name.equals(NONE)) {
      return Optional.empty();
    }
    ImagePlus image = numbered(name);
    if (image != null) {
      return Optional.of(image);
    }
    List<String> titles = titles();
    if (titles.isEmpty()) {
      throw new InvalidInputException(
          String.format("%s asks for the image \"%s\", but no image is open.", key, name));
    }
    throw new InvalidInputException(
        String.format(
            "%s asks for the image \"%s\", which is not open.%s Open images: %s.",
            key, name, InputText.suggestion(name, titles), InputText.quoted(titles)));
  }

  private static ImagePlus numbered(String name) {
    if (NUMBER.matcher(name).matches()) {
      return WindowManager.getImage(Integer.parseInt(name));
    }
    Matcher numbered = NUMBERED.matcher(name);
    if (!numbered.matches()) {
      return null;
    }
    String number = numbered.group(1) == null ? numbered.group(2) : numbered.group(1);
    return WindowManager.getImage(Integer.parseInt(number));
  }

  private static List<String> titles() {
    return all().stream().map(ImagePlus::getTitle).toList();
  }
}
