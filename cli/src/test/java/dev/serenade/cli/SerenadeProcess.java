package dev.serenade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line in a process of its own. */
final class SerenadeProcess {

  /** How a process ends that is stopped by Ctrl-C. */
  static final int SIGINT_EXIT_CODE = 130;

  private SerenadeProcess() {}

  static Process start(List<String> javaOptions, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(javaOptions);
    command.add("dev.serenade.cli.Main");
    command.addAll(arguments);
    return new ProcessBuilder(command).start();
  }

  /** Returns what it writes to stdout. */
  static BufferedReader reader(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Returns all that it writes to stdout. */
  static String output(Process process) throws IOException {
    try (BufferedReader out = reader(process)) {
      return out.lines().collect(Collectors.joining("\n"));
    }
  }

  /** Returns all that it writes to stderr. */
  static String errors(Process process) throws IOException {
    try (var err = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      return err.lines().collect(Collectors.joining("\n"));
    }
  }

  /** Does what Ctrl-C does. */
  static void interrupt(Process process) throws IOException, InterruptedException {
    signal(process, "-INT");
  }

  /** Does what an init system does. */
  static void terminate(Process process) throws IOException, InterruptedException {
    signal(process, "-TERM");
  }

  private static void signal(Process process, String signal)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  /** As a process in the background of a script does, and its children. */
  static boolean ignoresInterrupts(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
