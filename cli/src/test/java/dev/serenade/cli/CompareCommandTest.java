package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompareCommandTest {

  private static final int SPEAKERS = 8;
  private static final int CLIPS = 10;

  @TempDir private Path folder;

  /** Writes predictions, as another system would, of which so many a speaker are right. */
  private Path run(String name, int right) throws IOException {
    List<String> rows = new ArrayList<>(List.of("clip,speaker,actual,predicted"));
    for (int s = 0; s < SPEAKERS; s++) {
      for (int c = 0; c < CLIPS; c++) {
        String actual = c % 2 == 0 ? "angry" : "sad";
        String other = c % 2 == 0 ? "sad" : "angry";
        rows.add("%d/%d.wav,s%d,%s,%s".formatted(s, c, s, actual, c < right ? actual : other));
      }
    }
    return Files.write(folder.resolve(name), rows);
  }

  @Test
  void helpFitsEightyColumnsAndSaysWhatAFileHolds() {
    CommandRun run = CommandRun.of("compare", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("--metric=NAME", "--common", "--report=DIR", "--format=KIND", "--exit-code")
        .contains("probability_CLASS", "Examples:");
  }

  @Test
  void aGainIsShownWithIntervalAndNoiseFloor() throws IOException {
    CommandRun run = CommandRun.of("compare", run("a.csv", 5), run("b.csv", 7));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("80 clips of 8 speakers, who can show p = 0.008 at the least");
    assertThat(run.outLines())
        .anyMatch(line -> line.matches("WA, % +50\\.0 +70\\.0 +\\+20\\.0 .*0\\.008 .*B is better"));
    assertThat(run.out()).contains("only A is right on 0 clips, only B on 16");
  }

  @Test
  void whatIsNoDifferenceIsCalledNone() throws IOException {
    Path first = run("a.csv", 7);
    CommandRun run = CommandRun.of("compare", first, first, "--exit-code");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("no difference shown").doesNotContain("better");
  }

  @Test
  void aLossEndsWithOneIfThatWasAsked() throws IOException {
    Path better = run("a.csv", 9);
    Path worse = run("b.csv", 5);

    assertThat(CommandRun.of("compare", better, worse).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(CommandRun.of("compare", better, worse, "--exit-code").exitCode())
        .isEqualTo(ExitCode.SOME_FAILED);
    assertThat(CommandRun.of("compare", worse, better, "--exit-code", "--metric", "f1").exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void jsonOnStdoutIsThatOfTheReport() throws IOException {
    Path report = folder.resolve("report");
    CommandRun run =
        CommandRun.of(
            "compare",
            run("a.csv", 5),
            run("b.csv", 6),
            run("c.csv", 9),
            "--metric",
            "wa",
            "--format",
            "json",
            "--report",
            report);
    JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(report.resolve("comparison.json")).hasContent(run.out());
    assertThat(report.resolve("compare.html")).content().contains("C is better");
    assertThat(json.get("metric").getAsString()).isEqualTo("weightedAccuracy");
    assertThat(json.get("correction").getAsString()).isEqualTo("holm");
    assertThat(json.getAsJsonArray("comparisons")).hasSize(2);
  }

  @Test
  void clipsThatOneRunLacksAreNamedUnlessOnlyCommonOnesCount() throws IOException {
    Path first = run("a.csv", 5);
    Path second = run("b.csv", 7);
    List<String> rows = Files.readAllLines(second);
    Files.write(second, rows.subList(0, rows.size() - 1));
    CommandRun refused = CommandRun.of("compare", first, second);
    CommandRun common = CommandRun.of("compare", first, second, "--common");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(refused.err())
        .contains("1 clips of " + first + ", such as 7/9.wav, are not in all")
        .contains("--common compares the 79 that all have");
    assertThat(common.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(common.err()).contains("Only the 79 clips that all runs have are compared");
    assertThat(common.out()).contains("79 clips of 8 speakers");
  }

  @Test
  void whatCannotBeComparedIsSaidInALine() throws IOException {
    Path first = run("a.csv", 5);
    Path relabelled =
        Files.writeString(
            folder.resolve("r.csv"),
            Files.readString(first).replace("0/0.wav,s0,angry", "0/0.wav,s0,sad"));
    CommandRun labels = CommandRun.of("compare", first, relabelled);
    CommandRun missing = CommandRun.of("compare", first, folder.resolve("gone"));
    CommandRun empty = CommandRun.of("compare", first, folder);
    CommandRun alone = CommandRun.of("compare", first);

    assertThat(labels.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(labels.err()).contains("clip 0/0.wav is angry by speaker s0 in " + first);
    assertThat(missing.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(missing.err()).contains("expected the folder of a report, or a CSV file");
    assertThat(empty.err()).contains("there is no " + folder.resolve("predictions.csv"));
    assertThat(alone.exitCode()).isEqualTo(ExitCode.USAGE);
    for (CommandRun run : List.of(labels, missing, empty)) {
      assertThat(run.out()).isEmpty();
      assertThat(run.errLines()).hasSize(1);
    }
  }
}
