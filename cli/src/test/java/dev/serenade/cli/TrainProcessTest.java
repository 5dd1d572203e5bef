package dev.serenade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of trainings whose process is killed. */
@Tag("slow")
final class TrainProcessTest {

  /** So many that they are not done before the process is killed. */
  private static final int EPOCHS = 150;

  @TempDir private static Path folder;
  private static TinyCorpus corpus;

  @TempDir private Path out;

  @BeforeAll
  static void writeCorpus() throws IOException {
    corpus = TinyCorpus.write(folder);
  }

  /** Runs a command in a process that is killed as soon as it says this on stderr. */
  private void killAt(String words, List<Object> arguments) throws Exception {
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
    corpus.arguments(arguments).forEach(argument -> command.add(argument.toString()));
    Process process = new ProcessBuilder(command).start();
    List<String> lines = new ArrayList<>();
    try (var err = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      while (lines.isEmpty() || !lines.get(lines.size() - 1).contains(words)) {
        String line = err.readLine();
        assertThat(line).as("after %s", lines).isNotNull();
        lines.add(line);
      }
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private CommandRun run(List<Object> arguments) {
    return CommandRun.of(corpus.arguments(arguments).toArray());
  }

  private static byte[] head(Path model) throws IOException {
    try (ZipFile zip = new ZipFile(model.toFile())) {
      return zip.getInputStream(zip.getEntry("head.safetensors")).readAllBytes();
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Returns the file beside a model that says how it was trained. */
  private static Path config(Path model) {
    return model.resolveSibling(model.getFileName() + ".config.yaml");
  }

  /** Returns the model card beside a model. */
  private static Path card(Path model) {
    return model.resolveSibling(model.getFileName() + ".card.md");
  }

  private static List<Object> train(Path model, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("train", "--manifest", corpus.manifest(), "--out", model, "--epochs", EPOCHS));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @Test
  void aKilledTrainingGoesOn() throws Exception {
    Path unbroken = out.resolve("unbroken.serenade");
    Path killed = out.resolve("killed.serenade");
    run(train(unbroken));
    killAt("epoch  5/" + EPOCHS, train(killed));
    assertThat(killed).doesNotExist();
    assertThat(list(out.resolve("killed.serenade.checkpoint"))).isNotEmpty();
    CommandRun resumed = run(train(killed));

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(ExitCode.DONE);
    assertThat(resumed.err())
        .containsPattern("goes on after epoch \\d+ of " + EPOCHS + ", as kept in ")
        .doesNotContain("epoch  5/");
    assertThat(head(killed)).isEqualTo(head(unbroken));
    assertThat(list(out))
        .as("no checkpoint stays")
        .containsExactlyInAnyOrder(
            killed, config(killed), card(killed), unbroken, config(unbroken), card(unbroken));
  }

  @Test
  void otherSettingsStartAnew() throws Exception {
    Path model = out.resolve("calls.serenade");
    killAt("epoch  2/" + EPOCHS, train(model));
    CommandRun other = run(train(model, "--seed", 1));

    assertThat(other.exitCode()).as(other.err()).isEqualTo(ExitCode.DONE);
    assertThat(other.err())
        .containsOnlyOnce("is of a training with other settings, clips or encoder; it is replaced")
        .contains("epoch  1/" + EPOCHS);
    assertThat(list(out)).containsExactlyInAnyOrder(model, config(model), card(model));
  }

  @Test
  void aKilledCrossValidationGoesOn() throws Exception {
    Path unbroken = out.resolve("unbroken");
    Path killed = out.resolve("killed");
    run(evaluate(unbroken));
    killAt(": 4 clips, epoch ", evaluate(killed));
    assertThat(list(killed.resolve("checkpoints"))).hasSizeGreaterThan(1);
    CommandRun resumed = run(evaluate(killed));

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(ExitCode.DONE);
    assertThat(killed.resolve("predictions.csv"))
        .hasSameTextualContentAs(unbroken.resolve("predictions.csv"));
    assertThat(killed.resolve("checkpoints")).doesNotExist();
  }

  private static List<Object> evaluate(Path report) {
    return List.of(
        "evaluate",
        "--manifest",
        corpus.manifest(),
        "--report",
        report,
        "--protocol",
        "leave-one-speaker-out",
        "--threads",
        1,
        "--epochs",
        60,
        "--refit");
  }
}
