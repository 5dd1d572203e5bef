package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TuneCommandTest {

  @TempDir private static Path folder;
  private static TinyCorpus corpus;

  @TempDir private Path out;

  @BeforeAll
  static void writeCorpus() throws IOException {
    corpus = TinyCorpus.write(folder);
  }

  private CommandRun tune(Path manifest, Path report, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("--manifest", manifest, "--report", report, "--folds", 3));
    arguments.addAll(List.of(more));
    return corpus.run("tune", arguments.toArray());
  }

  private static JsonObject json(Path report) throws IOException {
    return JsonParser.parseString(Files.readString(report.resolve("tuning.json")))
        .getAsJsonObject();
  }

  private static List<String> lines(Path report, int trial) throws IOException {
    return Files.readAllLines(report.resolve("trials/000%d/predictions.csv".formatted(trial)));
  }

  @Test
  void helpFitsEightyColumnsAndSaysThatTheScoreIsTooGood() {
    CommandRun run = CommandRun.of("tune", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("--budget=MINUTES", "--search=SETTING=VALUES", "--leave-out", "too good")
        .contains("best.yaml", "Examples:");
  }

  @Test
  void theBestOfATrialsIsWrittenForTrainAndEvaluate() throws IOException {
    CommandRun run = tune(corpus.manifest(), out, "--trials", 3, "--search", "dropout=0:0.5");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("[1] ", "[3] ", "(defaults)", "(guess)");
    assertThat(run.out())
        .contains("defaults  UA ", "best      UA ")
        .endsWith("--leave-out keeps speakers for an honest test.\n");
    assertThat(out.resolve("tune.html")).content().contains("Tuning calls: tiny-encoder");
    JsonObject json = json(out);
    assertThat(json.getAsJsonArray("trials")).hasSize(3);
    assertThat(json.getAsJsonObject("space").keySet())
        .contains("dropout", "pooling")
        .doesNotContain("epochs", "heads", "lr", "projection");
    assertThat(json.keySet()).contains("optimism", "corrected", "againstDefaults");

    Path model = out.resolve("calls.serenade");
    CommandRun train = CommandRun.of("train", "--config", out.resolve("best.yaml"), "--out", model);
    CommandRun evaluate =
        CommandRun.of(
            "evaluate",
            "--config",
            out.resolve("best.yaml"),
            "--protocol",
            json.get("protocol").getAsString(),
            "--report",
            out.resolve("again"));

    assertThat(train.exitCode()).as(train.err()).isEqualTo(ExitCode.DONE);
    assertThat(evaluate.exitCode()).as(evaluate.err()).isEqualTo(ExitCode.DONE);
    assertThat(out.resolve("again/predictions.csv"))
        .as("its score is that of evaluate")
        .hasSameTextualContentAs(
            out.resolve("trials/000%d/predictions.csv".formatted(json.get("best").getAsInt())));
  }

  @Test
  void aBestThatHasNoHeadsIsTakenByTrain() throws IOException {
    tune(corpus.manifest(), out, "--trials", 1, "--pooling", "mean");
    CommandRun train =
        CommandRun.of(
            "train", "--config", out.resolve("best.yaml"), "--out", out.resolve("m.serenade"));

    assertThat(train.exitCode()).as(train.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void speakersLeftOutHaveNoPartInIt() throws IOException {
    Path report = out.resolve("all");
    CommandRun run = tune(corpus.manifest(), report, "--trials", 2, "--leave-out", "s3");
    Path others =
        corpus.manifest(
            "others.csv",
            corpus.rows().filter(row -> !row.contains(",s3,")).toArray(String[]::new));
    tune(others, out.resolve("others"), "--trials", 2);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    for (int trial = 1; trial <= 2; trial++) {
      assertThat(lines(report, trial)).hasSize(13).noneMatch(line -> line.contains(",s3,"));
      assertThat(lines(report, trial))
          .as("as if they were not in the manifest")
          .isEqualTo(lines(out.resolve("others"), trial));
    }
    CommandRun test =
        CommandRun.of(
            "evaluate",
            "--config",
            report.resolve("best.yaml"),
            "--protocol",
            "given",
            "--report",
            out.resolve("test"));
    assertThat(test.exitCode()).as(test.err()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readAllLines(out.resolve("test/predictions.csv")))
        .hasSize(5)
        .filteredOn(line -> !line.startsWith("clip,"))
        .allMatch(line -> line.contains(",s3,"));
  }

  @Test
  void aSearchGoesOnWhereItWas() throws IOException {
    Path unbroken = out.resolve("unbroken");
    Path broken = out.resolve("broken");
    tune(corpus.manifest(), unbroken, "--trials", 4, "--seed", 3);
    tune(corpus.manifest(), broken, "--trials", 2, "--seed", 3);
    // As if it had been killed while it wrote its second trial.
    Files.delete(broken.resolve("trials/0002/results.json"));
    CommandRun resumed = tune(corpus.manifest(), broken, "--trials", 4, "--seed", 3);

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(ExitCode.DONE);
    assertThat(resumed.err()).containsOnlyOnce("done before");
    assertThat(broken.resolve("tuning.json"))
        .hasSameTextualContentAs(unbroken.resolve("tuning.json"));
    assertThat(broken.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void otherClipsStartAnewAndSaySo() throws IOException {
    tune(corpus.manifest(), out, "--trials", 1);
    CommandRun other = tune(corpus.manifest(), out, "--trials", 1, "--leave-out", "s1");

    assertThat(other.err())
        .contains("trials/0001 is of other clips, settings, encoder or version; it is replaced")
        .doesNotContain("done before");
  }

  @Test
  void anotherSpaceKeepsWhatIsStillOfUse() throws IOException {
    tune(corpus.manifest(), out, "--trials", 3);
    CommandRun other =
        tune(corpus.manifest(), out, "--trials", 3, "--search", "pooling=qkv,statistics");

    assertThat(other.err()).containsOnlyOnce("done before");
    for (JsonElement trial : json(out).getAsJsonArray("trials")) {
      assertThat(trial.getAsJsonObject().getAsJsonObject("settings").get("pooling").getAsString())
          .isIn("qkv", "statistics");
    }
  }

  @Test
  void aBudgetThatIsTooSmallSaysSo() {
    CommandRun run = tune(corpus.manifest(), out, "--budget", 0.00001);

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err())
        .contains("no trial came to its end in 1.0E-5 minutes; the same command goes on");
    assertThat(out.resolve("best.yaml")).doesNotExist();
  }

  @Test
  void aBudgetStopsASearchThatHasNoOtherEnd() throws IOException {
    CommandRun run = tune(corpus.manifest(), out, "--budget", 0.08);

    assertThat(run.exitCode()).as(run.err()).isIn(ExitCode.DONE, ExitCode.CANNOT_RUN);
    assertThat(run.err()).containsAnyOf("report: ", "no trial came to its end");
  }

  @Test
  void whatMakesNoSenseIsWrongUsage() {
    assertUsage("expected --budget or --trials, found neither");
    assertUsage("--budget: expected more than 0 minutes, found 0.0", "--budget", 0);
    assertUsage("--trials: expected 1 or more, found 0", "--trials", 0);
    assertUsage("--search: expected SETTING=VALUES", "--trials", 1, "--search", "dropout");
    assertUsage(
        "expected one of the settings layer, pooling, ", "--trials", 1, "--search", "drop=0:1");
    assertUsage("--heads fixes it", "--trials", 1, "--search", "heads=1,2");
    assertUsage(
        "--search dropout: expected a range from", "--trials", 1, "--search", "dropout=1:0");
    assertUsage("--search pooling: ", "--trials", 1, "--search", "pooling=men,qkv");
    assertUsage("--search dropout: ", "--trials", 1, "--search", "dropout=0:2");
    assertUsage("--search layer: ", "--trials", 1, "--search", "layer=1,9");
  }

  private void assertUsage(String message, Object... arguments) {
    CommandRun run = tune(corpus.manifest(), out, arguments);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(message).contains("Try 'serenade tune --help'");
  }

  @Test
  void aSpeakerWhoIsNotThereCannotBeLeftOut() {
    CommandRun run = tune(corpus.manifest(), out, "--trials", 1, "--leave-out", "s9");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err()).contains("--leave-out: no speaker s9; the speakers are s0, s1, s2, s3");
  }
}
