package io.github.posteriorj.command.restore;

import io.github.posteriorj.job.PlaneReport;
import io.github.posteriorj.text.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What became of the files of a folder, as a table in a file (CSV): one row for each plane, or one
 * for a file that could not be restored. The file is written anew after each image, so that it is
 * there however a run ends.
 */
final class FolderReport {

  /** What became of a file. */
  enum Status {
    /** It was restored. */
    RESTORED("restored"),

    /** It was restored in an earlier run already. */
    DONE_BEFORE("done before"),

    /** It could not be restored, or not all of it; the message says why. */
    FAILED("failed");

    private final String words;

    Status(String words) {
      this.words = words;
    }
  }

  private record Row(String file, Status status, PlaneReport plane, String message) {

    Object[] cells() {
      return plane == null
          ? new Object[] {file, "", status.words, "", "", "", "", "", message}
          : new Object[] {
            file,
            plane.place().name(),
            status.words,
            plane.seconds(),
            plane.noise(),
            plane.misfit(),
            plane.rHat(),
            plane.effectiveSamples(),
            String.join(" ", plane.warnings())
          };
    }
  }

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "file",
              "plane",
              "status",
              "seconds",
              "noise",
              "misfit",
              "R-hat",
              "effective samples",
              "message")
          .get();

  private final Path path;
  private final List<Row> rows = new ArrayList<>();

  /**
   * An empty report.
   *
   * @param path the file that it is written to
   */
  FolderReport(Path path) {
    this.path = path;
  }

  /**
   * Adds the planes of a file.
   *
   * @throws IOException if the report cannot be written; the message says why
   */
  void add(String file, Status status, List<PlaneReport> planes) throws IOException {
    planes.forEach(plane -> rows.add(new Row(file, status, plane, "")));
    write();
  }

  /**
   * Adds a file that could not be restored.
   *
   * @throws IOException if the report cannot be written; the message says why
   */
  void addFailure(String file, String message) throws IOException {
    rows.add(new Row(file, Status.FAILED, null, message));
    write();
  }

  /** How many files have a status. */
  long count(Status status) {
    return rows.stream().filter(row -> row.status == status).map(Row::file).distinct().count();
  }

  /** The files that could not be restored, with the reasons, one a line. */
  String failures() {
    StringBuilder lines = new StringBuilder();
    rows.stream()
        .filter(row -> row.status == Status.FAILED)
        .forEach(row -> lines.append('\n').append(row.file).append(": ").append(row.message));
    return lines.toString();
  }

  private void write() throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      for (Row row : rows) {
        printer.printRecord(row.cells());
      }
    }
    WholeFile.write(path, text);
  }
}
