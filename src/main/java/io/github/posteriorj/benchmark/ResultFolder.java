package io.github.posteriorj.benchmark;

import io.github.posteriorj.benchmark.CellResult.Status;
import io.github.posteriorj.job.Resources;
import io.github.posteriorj.text.Labelled;
import io.github.posteriorj.text.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * A folder of the results of one benchmark, so that a run that was ended goes on where it was:
 * {@code benchmark.yaml}, what was run; {@code cells.csv}, a row for each cell that is done; {@code
 * tables.md}, what they come to; {@code features}, what a network sees in the samples, if there is
 * one; {@code tuned.yaml}, what a search has found.
 *
 * <p>The files are written anew after each cell, under another name first: whenever a run ends,
 * what is there is whole.
 */
final class ResultFolder {

  private static final String CLAIM = "benchmark.yaml";
  private static final String CELLS = "cells.csv";
  private static final String TABLES = "tables.md";
  private static final String TUNED = "tuned.yaml";
  private static final String FEATURES = "features";

  private static final String IMAGE = "image";
  private static final String OPERATOR = "operator";
  private static final String METHOD = "method";
  private static final String STATUS = "status";
  private static final String REASON = "reason";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              Stream.of(
                      Stream.of(IMAGE, OPERATOR, METHOD, STATUS),
                      Stream.of(Quantity.values()).map(Quantity::label),
                      Stream.of(REASON))
                  .flatMap(names -> names)
                  .toArray(String[]::new))
          .setSkipHeaderRecord(false)
          .get();

  private final Path folder;
  private final SampleCounts counts;
  private final List<String> notes;
  private final Optional<FeatureSets> sets;
  private final Map<Cell, CellResult> results = new LinkedHashMap<>();

  private ResultFolder(
      Path folder, SampleCounts counts, List<String> notes, Optional<FeatureSets> sets) {
    this.folder = folder;
    this.counts = counts;
    this.notes = notes;
    this.sets = sets;
  }

  /**
   * Makes a folder for the results of a benchmark, or checks that they are what it holds.
   *
   * @param claim all that decides the results
   * @param resources where large planes are found, which are not in the text
   * @throws IOException if it holds other results, or cannot be read or written to; the message
   *     says what differs, and what to do
   */
  static void claim(Path path, Claim claim, Resources resources) throws IOException {
    Files.createDirectories(path);
    Path file = path.resolve(CLAIM);
    if (!Files.exists(file)) {
      WholeFile.write(file, claim.write());
      return;
    }
    Claim earlier = Claim.read(Files.readString(file), resources, file.toString());
    List<String> differences = claim.differences(earlier);
    if (!differences.isEmpty()) {
      throw new IOException(
          ("The folder %s holds the results of another benchmark (%s). What differs: %s. Choose"
                  + " another folder in output=[...], or delete this one.")
              .formatted(path, CLAIM, String.join("; ", differences)));
    }
  }

  /**
   * Opens a folder that is claimed.
   *
   * @param counts how many samples are drawn of each measurement
   * @param notes what readers of the tables should know
   * @param sets where the samples' features go, if there are any; {@link #features} is their folder
   * @throws IOException if its results cannot be read; the message says what to do
   */
  static ResultFolder open(
      Path path, SampleCounts counts, List<String> notes, Optional<FeatureSets> sets)
      throws IOException {
    ResultFolder opened = new ResultFolder(path, counts, notes, sets);
    if (Files.exists(opened.cells())) {
      opened.read();
    }
    return opened;
  }

  /** Where a folder of results keeps the features of samples. */
  static Path features(Path folder) {
    return folder.resolve(FEATURES);
  }

  private Path cells() {
    return folder.resolve(CELLS);
  }

  private void read() throws IOException {
    CSVFormat format = FORMAT.builder().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(cells()), format)) {
      for (CSVRecord row : parser) {
        CellResult result = result(row);
        if (sets.isPresent() && result.status() == Status.DONE) {
          sets.get().read(results.size(), result.cell());
        }
        keep(result);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s was edited, and cannot be read: %s Delete the folder, or choose another one in output=[...]."
              .formatted(cells(), e.getMessage()),
          e);
    }
  }

  private static CellResult result(CSVRecord row) {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      String value = row.get(quantity.label());
      if (!value.isEmpty()) {
        values.put(quantity, Double.valueOf(value));
      }
    }
    return new CellResult(
        new Cell(row.get(IMAGE), row.get(OPERATOR), row.get(METHOD)),
        Labelled.find(Status.values(), STATUS, row.get(STATUS)),
        values,
        row.get(REASON));
  }

  /** Whether a cell needs no run: it has samples, or never will have any. */
  boolean isSettled(Cell cell) {
    CellResult result = results.get(cell);
    return result != null && result.status() != Status.FAILED;
  }

  /** The results, in the order in which they came. */
  List<CellResult> results() {
    return List.copyOf(results.values());
  }

  /**
   * Adds what became of a cell.
   *
   * @param features the rows of its samples, [rows][features]; none where there are no sets of them
   * @throws IOException if it cannot be written; the message says why
   */
  void add(CellResult result, float[][] features) throws IOException {
    keep(result);
    if (sets.isPresent() && result.status() == Status.DONE) {
      int number = List.copyOf(results.keySet()).indexOf(result.cell());
      sets.get().add(number, result.cell(), features);
    }
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      for (CellResult each : results.values()) {
        printer.printRecord(row(each));
      }
    }
    WholeFile.write(cells(), text);
    writeTables();
  }

  private void writeTables() throws IOException {
    WholeFile.write(
        folder.resolve(TABLES), ResultTables.of(new Results(results()), counts, notes, sets));
  }

  /**
   * Keeps what a search has found.
   *
   * @throws IOException if it cannot be written; the message says why
   */
  void keep(TunedSettings found) throws IOException {
    WholeFile.write(folder.resolve(TUNED), found.write());
  }

  /**
   * Makes tables and plots of what has come out, whoever has run the cells.
   *
   * @param methods those of the benchmark
   * @throws IOException if it cannot be written; the message says why
   */
  void present(List<BenchmarkMethod> methods) throws IOException {
    writeTables();
    new ResultPlots(new Results(results()), counts, methods).write(folder);
  }

  private void keep(CellResult result) {
    results.put(result.cell(), result);
  }

  private static List<Object> row(CellResult result) {
    Cell cell = result.cell();
    List<Object> row =
        new ArrayList<>(
            List.of(cell.image(), cell.operator(), cell.method(), result.status().label()));
    for (Quantity quantity : Quantity.values()) {
      Double value = result.values().get(quantity);
      row.add(value == null ? "" : value);
    }
    row.add(result.reason());
    return row;
  }
}
