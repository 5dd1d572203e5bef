package dev.serenade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals and pipes. */
final class PredictProcessTest {

  /** So many that they are not done before the signal comes. */
  private static final int RECORDINGS = 20_000;

  private static final int SIGINT_EXIT_CODE = 130;

  @TempDir Path folder;
  private Path model;
  private Path arguments;

  @BeforeEach
  void writeModelAndRecordings() throws IOException {
    model = TinyModel.write(folder.resolve("tiny.serenade"));
    Path sound = TestSounds.writeNoise(folder.resolve("sound.wav"), 2, 1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < RECORDINGS; i++) {
      lines.add(sound.toString());
    }
    arguments = Files.write(folder.resolve("arguments"), lines);
  }

  @Test
  void ctrlCLeavesAWholeArrayOfWhatIsFinished() throws Exception {
    Process process = start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = reader(process)) {
      lines.add(out.readLine());
      lines.add(out.readLine());
      assumeTrue(!ignoresInterrupts(process), "the tests run with SIGINT ignored");
      interrupt(process);
      lines.addAll(out.lines().toList());
    }

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(SIGINT_EXIT_CODE);
    JsonArray array = JsonParser.parseString(String.join("\n", lines)).getAsJsonArray();
    assertThat(array.size()).isBetween(1, RECORDINGS - 1);
    assertThat(errors(process)).isEmpty();
  }

  @Test
  void aClosedPipeEndsItQuietly() throws Exception {
    Process process = start();
    try (BufferedReader out = reader(process)) {
      assertThat(out.readLine()).isEqualTo("[");
    }

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.BROKEN_PIPE);
    assertThat(errors(process)).isEmpty();
  }

  private Process start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.serenade.cli.Main"));
    command.addAll(List.of("predict", "-f", "json", "-m", model.toString(), "@" + arguments));
    return new ProcessBuilder(command).start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  private static String errors(Process process) throws IOException {
    try (var err = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      return err.lines().collect(Collectors.joining("\n"));
    }
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** As a process in the background of a script does, and its children. */
  private static boolean ignoresInterrupts(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
