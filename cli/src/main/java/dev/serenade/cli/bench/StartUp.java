package dev.serenade.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long {@code serenade predict} takes from its start to its first result, each time in a
 * process of its own.
 *
 * @param launcher the command that users run: {@code bin/serenade} beside the jar of this class, or
 *     where there is none, Java with the class path of this process
 */
record StartUp(List<String> launcher) {

  private static final double NANOSECONDS_PER_SECOND = 1e9;

  StartUp {
    launcher = List.copyOf(launcher);
  }

  /** Returns the command by which this process was probably started. */
  static StartUp ofThisProcess() {
    return new StartUp(
        distribution()
            .map(home -> home.resolve("bin").resolve("serenade"))
            .filter(Files::isExecutable)
            .map(script -> List.of(script.toString()))
            .orElseGet(StartUp::java));
  }

  /** Returns the folder that holds {@code lib}, in which the jar of this class lies. */
  private static Optional<Path> distribution() {
    return Optional.ofNullable(StartUp.class.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .flatMap(
            location -> {
              try {
                return Optional.of(Path.of(new URI(location.toString())));
              } catch (URISyntaxException e) {
                return Optional.empty();
              }
            })
        .map(Path::getParent)
        .map(Path::getParent);
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+IgnoreUnrecognizedVMOptions",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.serenade.cli.Main");
  }

  /**
   * Starts processes one after the other, and returns the shortest time.
   *
   * @param options of predict: which model, and what it needs
   * @param times how many processes
   * @return in seconds; empty if none gave a result
   */
  OptionalDouble seconds(Path clip, List<String> options, int times)
      throws IOException, InterruptedException {
    OptionalDouble best = OptionalDouble.empty();
    for (int i = 0; i < times; i++) {
      OptionalDouble seconds = once(clip, options);
      if (seconds.isPresent() && (best.isEmpty() || seconds.getAsDouble() < best.getAsDouble())) {
        best = seconds;
      }
    }
    return best;
  }

  private OptionalDouble once(Path clip, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of("predict", clip.toString(), "--format", "jsonl"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(clip.toFile()))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    long started = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = out.readLine();
      double seconds = (System.nanoTime() - started) / NANOSECONDS_PER_SECOND;
      return process.waitFor() == 0 && line != null
          ? OptionalDouble.of(seconds)
          : OptionalDouble.empty();
    } finally {
      process.destroy();
    }
  }
}
