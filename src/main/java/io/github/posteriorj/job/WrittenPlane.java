package io.github.posteriorj.job;

import io.github.posteriorj.image.NamedPlane;
import io.github.posteriorj.text.RecordYaml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A plane of pixels as it stands in a job.
 *
 * @param title what people call it
 * @param width its columns
 * @param height its rows
 * @param sha256 its hash
 * @param values its pixels: float32, lowest byte first, deflated, in base 64; missing where that is
 *     too long, so that the plane has to be found by its hash
 */
record WrittenPlane(String title, int width, int height, String sha256, Optional<String> values) {

  /** Longer texts are left out. */
  private static final int LONGEST = 1 << 16;

  /** Where planes are found that are not written out. */
  interface Source {

    /**
     * The plane of a hash.
     *
     * @throws IOException if it is not at hand; the message says what to do
     */
    NamedPlane find(String title, String sha256) throws IOException;
  }

  /** Finds none: for writing. */
  static final Source NOWHERE =
      (title, sha256) -> {
        throw new IOException("The plane \"" + title + "\" is not at hand.");
      };

  /** How planes are written and read. */
  static RecordYaml.Surrogate<NamedPlane, WrittenPlane> form(Source source) {
    return new RecordYaml.Surrogate<>() {
      @Override
      public WrittenPlane of(NamedPlane plane) {
        return new WrittenPlane(
            plane.title(),
            plane.width(),
            plane.height(),
            plane.sha256(),
            Optional.of(text(plane.values())).filter(text -> text.length() <= LONGEST));
      }

      @Override
      public NamedPlane value(WrittenPlane written) throws IOException {
        return written.plane(source);
      }
    };
  }

  private NamedPlane plane(Source source) throws IOException {
    NamedPlane plane =
        values.isPresent()
            ? new NamedPlane(title, width, height, values(values.get()))
            : source.find(title, sha256);
    if (!plane.sha256().equals(sha256)) {
      throw new IOException(
          "The plane \"" + title + "\" is damaged: its values have another hash.");
    }
    return plane;
  }

  private static String text(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (OutputStream output = new DeflaterOutputStream(deflated)) {
      output.write(buffer.array());
    } catch (IOException e) {
      throw new IllegalStateException("An array is never full", e);
    }
    return Base64.getEncoder().encodeToString(deflated.toByteArray());
  }

  private float[] values(String text) throws IOException {
    float[] values = new float[Math.multiplyExact(width, height)];
    try (InflaterInputStream input =
        new InflaterInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      byte[] bytes = input.readNBytes(Float.BYTES * values.length);
      if (bytes.length < Float.BYTES * values.length) {
        throw new IOException("The plane \"" + title + "\" is cut off.");
      }
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    }
    return values;
  }
}
