package io.github.posteriorj.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A plane of pixels that belongs to an instrument, such as a mask, a point spread function, or a
 * pattern of light.
 *
 * @param title what people call it
 * @param width its columns
 * @param height its rows
 * @param values its pixels, row after row; NaN where there is none
 */
public record NamedPlane(String title, int width, int height, float[] values) {

  /**
   * Checks the number of values.
   *
   * @throws IllegalArgumentException if they do not fill the plane
   */
  public NamedPlane {
    if (values.length != (long) width * height) {
      throw new IllegalArgumentException(
          "\"%s\" of %d x %d pixels has %d values.".formatted(title, width, height, values.length));
    }
  }

  /** A hash of size and values, whatever the title: the same planes have the same one. */
  public String sha256() {
    return sha256(width, height, values);
  }

  /**
   * The hash of a plane's values, as {@link #sha256()} gives it.
   *
   * @param values the pixels, row after row
   */
  public static String sha256(int width, int height, float[] values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes(Float.BYTES * 2, buffer -> buffer.putInt(width).putInt(height)));
      digest.update(
          bytes(Float.BYTES * values.length, buffer -> buffer.asFloatBuffer().put(values)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(int length, java.util.function.Consumer<ByteBuffer> filled) {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    filled.accept(buffer);
    return buffer.array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedPlane plane
        && title.equals(plane.title)
        && width == plane.width
        && Arrays.equals(values, plane.values);
  }

  @Override
  public int hashCode() {
    return 31 * title.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "\"%s\" (%d x %d)".formatted(title, width, height);
  }
}
