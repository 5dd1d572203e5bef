package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a tree in the layout of ShEMO, and an encoder of random weights that is named like tiny. */
final class ReproduceCommandTest {

  @TempDir private static Path folder;
  private static Path shemo;
  private static Path encoder;

  @TempDir private Path report;

  @BeforeAll
  static void writeCorpus() throws IOException {
    encoder = folder.resolve("whisper-tiny");
    Files.move(TinyCorpus.write(folder).encoder(), encoder);
    shemo = folder.resolve("shemo");
    int seed = 0;
    for (String speaker : List.of("F01", "F04", "F07", "M01", "M07")) {
      Path sex = shemo.resolve(speaker.startsWith("F") ? "female" : "male");
      Files.createDirectories(sex);
      for (String emotion : List.of("A", "H", "N", "S")) {
        TestSounds.writeNoise(sex.resolve(speaker + emotion + "01.wav"), 0.2, seed++);
      }
    }
  }

  private CommandRun reproduce(Object... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "reproduce",
                    "paper",
                    "--corpus",
                    "shemo",
                    "--root",
                    shemo,
                    "--report",
                    report,
                    "--encoder",
                    encoder,
                    "--store",
                    folder.resolve("store"),
                    "--projection",
                    8,
                    "--epochs",
                    1),
                Stream.of(arguments))
            .toArray());
  }

  @Test
  void everyPoolingOnEveryLayerStandsBesideThePapersNumbers() throws IOException {
    CommandRun run = reproduce();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err())
        .contains("serenade evaluate --corpus shemo --emotions angry,happy,neutral,sad")
        .contains("--protocol paper --window padded --input-norm none --heads 6 --head-dim 4")
        .contains("[1/3] mean, layer 1", "[3/3] qkv, layer 1", "group 1: ");
    assertThat(run.outLines().get(0)).startsWith("UA %").endsWith(" 1");
    assertThat(run.outLines().get(3)).startsWith("qkv ").contains("±");

    List<String> overview = Files.readAllLines(report.resolve("tables.md"));
    assertThat(overview)
        .filteredOn(line -> line.startsWith("| qkv | "))
        .anyMatch(line -> line.contains("| 84.8 |") && line.contains("| 75.1 |"));
    List<String> all = Files.readAllLines(report.resolve("whisper-tiny/tables.md"));
    assertThat(all)
        .filteredOn(line -> line.startsWith("| attentive | 1 |"))
        .anyMatch(line -> line.contains("| 78.4 |") && line.contains("| 76.4 |"));
    assertThat(report.resolve("report.html")).content().contains("whisper-tiny/report.html");
    assertThat(report.resolve("whisper-tiny/cells/qkv-1/report.html")).exists();
  }

  @Test
  void whatIsFinishedIsNotDoneAgainAndTheRestIs() throws IOException {
    reproduce("--layers", 1, "--poolings", "mean");
    Path first = report.resolve("whisper-tiny/cells/mean-1/results.json");
    String before = Files.readString(first);
    CommandRun again = reproduce("--layers", 1, "--poolings", "mean,qkv");

    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.err()).containsOnlyOnce("done before: ");
    assertThat(first).hasContent(before);
    assertThat(report.resolve("whisper-tiny/cells/qkv-1/results.json")).exists();
  }

  @Test
  void anotherSeedIsAnotherRun() throws IOException {
    reproduce("--layers", 1, "--poolings", "mean");
    CommandRun other = reproduce("--layers", 1, "--poolings", "mean", "--seed", 2);

    assertThat(other.err()).doesNotContain("done before");
    JsonObject results =
        JsonParser.parseString(
                Files.readString(report.resolve("whisper-tiny/cells/mean-1/results.json")))
            .getAsJsonObject();
    assertThat(results.getAsJsonObject("provenance").get("seed").getAsString()).isEqualTo("2");
  }

  @Test
  void anOptionThatEvaluateDoesNotHaveIsWrongUsage() {
    CommandRun run = reproduce("--lairs", "1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--lairs");
  }

  @Test
  void theSettingsAreThePapersAndNotAFiles() {
    CommandRun run = reproduce("--config", "mine.yaml");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--config: the settings are the paper's");
  }

  @Test
  void aMissingEncoderIsSaidBeforeAnythingIsDone() {
    CommandRun run = reproduce("--encoder", "whisper-nowhere");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err()).contains("encoder whisper-nowhere", "config.json");
    assertThat(report).isEmptyDirectory();
  }

  @Test
  void aLayerThatIsNotThereIsWrongUsage() {
    CommandRun run = reproduce("--layers", "2-3");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--layers: expected layers from 0 to 1, found 2-3");
  }
}
