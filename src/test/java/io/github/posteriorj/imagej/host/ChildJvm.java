package io.github.posteriorj.imagej.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, with the class path of the tests. */
public final class ChildJvm {

  private static final long SECONDS = 300;

  /** Where a JVM of tests keeps what it saves: its children keep it there, too. */
  private static final List<String> HOME =
      List.of("user.home", "java.util.prefs.userRoot", "DJL_CACHE_DIR");

  private ChildJvm() {}

  /**
   * What a process left behind.
   *
   * @param status its exit status
   * @param output what it wrote to standard output
   * @param errors what it wrote to standard error
   */
  public record Result(int status, String output, String errors) {}

  /** Runs a class to its end; kills it and fails when that takes too long. */
  public static Result run(
      Path directory, Map<String, String> environment, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command(mainClass, arguments);
    Path output = Files.createTempFile("output", ".txt");
    Path errors = Files.createTempFile("errors", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().remove("DISPLAY");
      builder.environment().putAll(environment);
      builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
      Process process = builder.start();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      String threads = ended ? "" : threads(process);
      process.destroyForcibly().waitFor();
      Result result =
          new Result(
              process.exitValue(),
              Files.readString(output, StandardCharsets.UTF_8),
              Files.readString(errors, StandardCharsets.UTF_8));
      if (!ended) {
        throw new IOException("The process did not end: " + result + threads);
      }
      return result;
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  /** Starts a class, without waiting for its end; what it writes is lost. */
  public static Process start(Path directory, String mainClass, String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(mainClass, arguments)).directory(directory.toFile());
    builder.environment().remove("DISPLAY");
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> command(String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    for (String property : HOME) {
      Optional.ofNullable(System.getProperty(property))
          .ifPresent(value -> command.add("-D" + property + "=" + value));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Tells what the threads of a process are waiting for. */
  private static String threads(Process process) throws IOException {
    String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
    ProcessBuilder builder = new ProcessBuilder(jstack, String.valueOf(process.pid()));
    byte[] text = builder.redirectErrorStream(true).start().getInputStream().readAllBytes();
    return new String(text, StandardCharsets.UTF_8);
  }
}
