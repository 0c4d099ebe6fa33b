package io.github.posteriorj.benchmark;

import io.github.posteriorj.metric.FrechetDistance;
import io.github.posteriorj.metric.KernelDistance;
import io.github.posteriorj.text.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The features of the samples of all cells, which distances between sets need: a file of float32
 * for each cell, so that a run that was ended goes on.
 */
final class FeatureSets {

  private final Path folder;
  private final float[][] truths;
  private final int images;
  private final String parts;

  /** Of the methods and operators whose images are not all there. */
  private final Map<Problem, List<float[]>> rows = new HashMap<>();

  private final Map<Problem, Integer> cells = new HashMap<>();
  private final Map<Problem, SetDistance> distances = new HashMap<>();

  private record Problem(String operator, String method) {
    static Problem of(Cell cell) {
      return new Problem(cell.operator(), cell.method());
    }
  }

  /**
   * Sets to compare with the truths.
   *
   * @param folder where the files go; it is made when the first file is written
   * @param truths their features, [rows][features]
   * @param images how many truths there are
   * @param parts what a row is of, for people
   */
  FeatureSets(Path folder, float[][] truths, int images, String parts) {
    this.folder = folder;
    this.truths = truths;
    this.images = images;
    this.parts = parts;
  }

  /**
   * Adds the samples of a cell.
   *
   * @param number the cell's place among all
   * @throws IOException if they cannot be written
   */
  void add(int number, Cell cell, float[][] features) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * features.length * truths[0].length);
    for (float[] row : features) {
      for (float value : row) {
        bytes.putFloat(value);
      }
    }
    Files.createDirectories(folder);
    WholeFile.write(file(number), bytes.array());
    keep(cell, features);
  }

  /**
   * Reads the samples of a cell that an earlier run has added.
   *
   * @throws IOException if they are not there, or not whole; the message says what to do
   */
  void read(int number, Cell cell) throws IOException {
    Path file = file(number);
    if (!Files.exists(file) || Files.size(file) == 0 || Files.size(file) % bytesOfAnImage() != 0) {
      throw new IOException(
          "%s, what the network saw in samples, is missing or incomplete. Delete the folder of the results, or choose another one in output=[...]."
              .formatted(file));
    }
    FloatBuffer values = ByteBuffer.wrap(Files.readAllBytes(file)).asFloatBuffer();
    float[][] features = new float[values.remaining() / truths[0].length][truths[0].length];
    for (float[] row : features) {
      values.get(row);
    }
    keep(cell, features);
  }

  private int bytesOfAnImage() {
    return Float.BYTES * truths[0].length * (truths.length / images);
  }

  private Path file(int number) {
    return folder.resolve("%05d.float32".formatted(number));
  }

  private void keep(Cell cell, float[][] features) {
    Problem problem = Problem.of(cell);
    rows.computeIfAbsent(problem, any -> new ArrayList<>()).addAll(Arrays.asList(features));
    if (cells.merge(problem, 1, Integer::sum) == images) {
      float[][] all = rows.remove(problem).toArray(float[][]::new);
      distances.put(
          problem,
          new SetDistance(
              FrechetDistance.of(all, truths), KernelDistance.of(all, truths), all.length));
    }
  }

  /** The distance of a method's samples, when it has some of all images. */
  Optional<SetDistance> distance(String operator, String method) {
    return Optional.ofNullable(distances.get(new Problem(operator, method)));
  }

  /** What the distances are of, for people. */
  String description() {
    return "Of %s of each image: up to %d of samples against %d of truths."
        .formatted(parts, mostRows(), truths.length);
  }

  /** The rows of those methods that have the most. */
  int mostRows() {
    return distances.values().stream().mapToInt(SetDistance::rows).max().orElse(0);
  }

  /** Whether there is any distance. */
  boolean isEmpty() {
    return distances.isEmpty();
  }
}
