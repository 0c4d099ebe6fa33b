package io.github.posteriorj.imagej.fiji;

import ij.ImagePlus;
import ij.WindowManager;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.scijava.convert.AbstractConverter;
import org.scijava.util.Types;

/**
 * An open image as Fiji's dialogs offer it, by its title.
 *
 * @param image the image
 */
public record TitledImage(ImagePlus image) {

  @Override
  public String toString() {
    return image.getTitle();
  }

  /** Offers the open images, and takes the image of the title that was chosen. */
  public static final class Unwrapped extends AbstractConverter<TitledImage, ImagePlus> {

    @Override
    public void populateInputCandidates(Collection<Object> candidates) {
      int[] ids = WindowManager.getIDList();
      if (ids != null) {
        Arrays.stream(ids)
            .mapToObj(WindowManager::getImage)
            .filter(Objects::nonNull)
            .map(TitledImage::new)
            .forEach(candidates::add);
      }
    }

    @Override
    public <T> T convert(Object titled, Class<T> type) {
      return type.cast(((TitledImage) titled).image());
    }

    @Override
    public Class<ImagePlus> getOutputType() {
      return ImagePlus.class;
    }

    @Override
    public Class<TitledImage> getInputType() {
      return TitledImage.class;
    }
  }

  /** Finds the image that a macro names by its number or its title. */
  public static final class FromTitle extends AbstractConverter<String, ImagePlus> {

    @Override
    public boolean canConvert(Object text, Class<?> type) {
      return super.canConvert(text, type) && find((String) text) != null;
    }

    @Override
    public boolean canConvert(Object text, Type type) {
      return canConvert(text, Types.raw(type));
    }

    @Override
    public <T> T convert(Object text, Class<T> type) {
      return type.cast(find((String) text));
    }

    private static ImagePlus find(String text) {
      ImagePlus numbered =
          text.matches("-\\d{1,9}") ? WindowManager.getImage(Integer.parseInt(text)) : null;
      return numbered == null ? WindowManager.getImage(text) : numbered;
    }

    @Override
    public void populateInputCandidates(Collection<Object> candidates) {
      // Texts are typed, not offered.
    }

    @Override
    public Class<ImagePlus> getOutputType() {
      return ImagePlus.class;
    }

    @Override
    public Class<String> getInputType() {
      return String.class;
    }
  }
}
