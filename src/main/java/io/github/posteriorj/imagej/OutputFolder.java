package io.github.posteriorj.imagej;

import ij.ImagePlus;
import io.github.posteriorj.job.Place;
import io.github.posteriorj.job.PlaneReport;
import io.github.posteriorj.job.RestorationInfo;
import io.github.posteriorj.job.RestorationJob;
import io.github.posteriorj.sampler.CheckpointFolder;
import io.github.posteriorj.sampler.Checkpoints;
import io.github.posteriorj.text.RecordYaml;
import io.github.posteriorj.text.WholeFile;
import io.github.posteriorj.text.YamlDifference;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with the results of one job: {@code job.yaml}, in {@code planes} a folder for each plane
 * that is finished, and in the end the image that they make together.
 *
 * <pre>
 * job.yaml
 * planes/c1_z001_t001/samples.tif, mean.tif, variance.tif, report.yaml
 * planes/c1_z002_t001.running/...
 * mean.tif, variance.tif
 * </pre>
 *
 * <p>The state of a plane that is being restored is kept beside those that are finished. Files and
 * folders have their names when they are whole. What was written before a run ended, in whatever
 * way, is there when the same job is started again.
 */
public final class OutputFolder {

  private static final String JOB = "job.yaml";
  private static final String REPORT = "report.yaml";
  private static final String IMAGE = ".tif";
  private static final String PART = ".part";
  private static final String RUNNING = ".running";

  private static final int NAMED_DIFFERENCES = 3;

  /** Always of this name, so that one that a killed run left is taken away by the next run. */
  private static final String PROBE = ".probe" + PART;

  private final Path folder;
  private final Path planes;

  /** What lies in the folder of a plane. */
  private record Contents(List<String> kinds, PlaneReport report) {}

  private OutputFolder(Path folder) {
    this.folder = folder;
    this.planes = folder.resolve("planes");
  }

  /**
   * Opens a folder for a job; it is made if there is none.
   *
   * @throws IOException if it holds the results of another job, or cannot be written to; the
   *     message says what to do
   */
  public static OutputFolder open(Path path, RestorationJob job) throws IOException {
    create(path);
    OutputFolder output = new OutputFolder(path);
    try {
      makeDirectory(output.planes);
      output.claim(job.write());
      output.removeParts();
    } catch (FileSystemException e) {
      throw cannotWrite(path, reason(e, path), e);
    }
    return output;
  }

  /**
   * Makes a folder for results, if there is none, and checks that it can be written to, before
   * hours of work are spent.
   *
   * @throws IOException if that cannot be; the message says what to do
   */
  public static void create(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
      String reason = Files.exists(path) ? "it is a file" : "it is a link to nothing";
      throw cannotWrite(path, reason, null);
    }
    try {
      makeDirectory(path);
      Path probe = path.resolve(PROBE);
      Files.write(probe, new byte[0]);
      Files.delete(probe);
    } catch (FileSystemException e) {
      throw cannotWrite(path, reason(e, path), e);
    }
  }

  /** Java before 17.0.14 takes a link to a folder for a file in the way. */
  private static void makeDirectory(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path);
    }
  }

  private static IOException cannotWrite(Path path, String reason, IOException cause) {
    return new IOException(
        "The folder %s cannot be written to: %s. Choose another one in output=[...]."
            .formatted(path, reason),
        cause);
  }

  private static String reason(FileSystemException failure, Path folder) {
    if (failure.getReason() != null) {
      return failure.getReason();
    }
    Path file = failure.getFile() == null ? folder : Path.of(failure.getFile());
    return failure instanceof FileAlreadyExistsException
        ? file + " is a file"
        : "there is no permission for " + existing(file);
  }

  /** A file, or the folder that it cannot be made in: whose permissions are to be changed. */
  private static Path existing(Path file) {
    Path there = file.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  private void claim(String text) throws IOException {
    Path file = folder.resolve(JOB);
    if (!Files.exists(file)) {
      WholeFile.write(file, text);
      return;
    }
    List<YamlDifference> differences = differences(file, text);
    if (!differences.isEmpty()) {
      throw new IOException(
          ("The folder %s holds the results of another job (%s). What differs: %s. Choose another"
                  + " folder in output=[...], or delete this one.")
              .formatted(folder, JOB, named(differences)));
    }
  }

  private static List<YamlDifference> differences(Path file, String text) throws IOException {
    try {
      return YamlDifference.between(Files.readString(file), text, file.toString());
    } catch (FileSystemException e) {
      // Permissions have advice of their own.
      throw e;
    } catch (IOException e) {
      throw new IOException(
          "Which job the results in this folder are of cannot be read (%s). Choose another folder in output=[...], or delete this one."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** The first differences: another kind of instrument alone makes many. */
  private static String named(List<YamlDifference> differences) {
    String first =
        differences.stream()
            .limit(NAMED_DIFFERENCES)
            .map(YamlDifference::toString)
            .collect(Collectors.joining("; "));
    int more = differences.size() - NAMED_DIFFERENCES;
    return more > 0 ? first + "; and " + more + " more" : first;
  }

  /** What a run that was killed was writing, and the states of planes that it had finished. */
  private void removeParts() throws IOException {
    try (Stream<Path> entries = Files.list(planes)) {
      for (Path part : entries.filter(this::isLeftOver).toList()) {
        delete(part);
      }
    }
  }

  private boolean isLeftOver(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(PART)
        || name.endsWith(RUNNING) && Files.exists(planes.resolve(name.replace(RUNNING, "")));
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Whether a plane is finished. */
  public boolean has(Place place) {
    return Files.isDirectory(folderOf(place));
  }

  private Contents contents(Place place) throws IOException {
    Path file = folderOf(place).resolve(REPORT);
    return RecordYaml.PLAIN.read(Contents.class, Files.readString(file), file.toString());
  }

  private Path folderOf(Place place) {
    return planes.resolve(place.name());
  }

  /**
   * Writes the results of a plane.
   *
   * @param images by their kinds, such as "mean"
   * @throws IOException if they cannot be written; the message says which
   * @throws CancellationException if the thread is interrupted; nothing is left of the plane then
   */
  public void write(PlaneReport report, Map<String, ImagePlus> images) throws IOException {
    try {
      writeWhole(report, images);
    } catch (ClosedByInterruptException e) {
      throw new CancellationException();
    }
    CheckpointFolder.delete(running(report.place()));
  }

  private void writeWhole(PlaneReport report, Map<String, ImagePlus> images) throws IOException {
    Path part = planes.resolve("." + report.place().name() + PART);
    Files.createDirectory(part);
    for (Map.Entry<String, ImagePlus> image : images.entrySet()) {
      TiffFile.write(image.getValue(), part.resolve(image.getKey() + IMAGE));
    }
    Contents contents = new Contents(List.copyOf(images.keySet()), report);
    Files.writeString(part.resolve(REPORT), RecordYaml.PLAIN.write(contents));
    Files.move(part, folderOf(report.place()));
  }

  /**
   * Where the states of a plane's run are kept until it is finished.
   *
   * @param run all that determines the run's states; those of other runs are thrown away
   * @throws IOException if they cannot be kept; the message says why
   */
  public Checkpoints checkpoints(Place place, String run) throws IOException {
    return CheckpointFolder.open(running(place), run);
  }

  private Path running(Place place) {
    return planes.resolve(place.name() + RUNNING);
  }

  /**
   * Reads what there is to tell of a plane that is finished.
   *
   * @throws IOException if it cannot be read; the message says why
   */
  public PlaneReport report(Place place) throws IOException {
    return contents(place).report();
  }

  /**
   * Reads the results of a plane that is finished, but those of one kind.
   *
   * @param left the kind that is not read, such as "samples"
   * @return the others by their kinds, in their order
   * @throws IOException if one cannot be read; the message says which
   */
  public Map<String, ImagePlus> read(Place place, String left) throws IOException {
    Map<String, ImagePlus> images = new LinkedHashMap<>();
    for (String kind : contents(place).kinds()) {
      if (!kind.equals(left)) {
        images.put(kind, TiffFile.read(folderOf(place).resolve(kind + IMAGE)));
      }
    }
    return images;
  }

  /**
   * The text of the job that a plane was made by, as its results hold it; empty if none is
   * finished.
   *
   * @throws IOException if it cannot be read; the message says why
   */
  public Optional<String> ranJob(List<Place> places) throws IOException {
    for (Place place : places) {
      if (has(place)) {
        String info = TiffFile.read(folderOf(place).resolve("mean" + IMAGE)).getInfoProperty();
        return Optional.ofNullable(info).flatMap(RestorationInfo::job);
      }
    }
    return Optional.empty();
  }

  /**
   * Writes an image of all planes.
   *
   * @param kind such as "mean"
   * @throws IOException if it cannot be written; the message says which
   */
  public void writeJoined(String kind, ImagePlus image) throws IOException {
    Path part = folder.resolve("." + kind + PART);
    TiffFile.write(image, part);
    Files.move(part, folder.resolve(kind + IMAGE), StandardCopyOption.REPLACE_EXISTING);
  }
}
