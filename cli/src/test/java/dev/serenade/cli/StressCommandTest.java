package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
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

final class StressCommandTest {

  @TempDir private static Path folder;
  private static TinyCorpus corpus;
  private static Path model;

  @TempDir private Path report;

  @BeforeAll
  static void trainModel() throws IOException {
    corpus = TinyCorpus.write(folder);
    model = folder.resolve("calls.serenade");
    CommandRun run = corpus.run("train", "--manifest", corpus.manifest(), "--out", model);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  private CommandRun stress(Path manifest, Object... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("stress", "--manifest", manifest, "--model", model, "--report", report),
                Stream.of(arguments))
            .toArray());
  }

  private JsonObject json() throws IOException {
    return JsonParser.parseString(Files.readString(report.resolve("stress.json")))
        .getAsJsonObject();
  }

  @Test
  void helpFitsEightyColumnsAndNamesTheGroups() {
    CommandRun run = CommandRun.of("stress", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("--clips=N", "--tests=GROUP", "--require=SHARE", "--report=DIR", "Examples:")
        .contains("small-changes", "background-noise", "Exit codes:");
  }

  @Test
  void everyTestIsReported() throws IOException {
    CommandRun run = stress(corpus.manifest(), "--require", "0");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err())
        .contains("The model was trained on clips of calls, so these numbers")
        .contains("report: " + report.resolve("stress.html"));
    assertThat(run.outLines().get(0)).contains("tests", "passed", "failed", "not tested");
    JsonObject json = json();
    assertThat(json.keySet()).contains("model", "source", "tests", "summary", "provenance");
    int passed = 0;
    int failed = 0;
    int notTested = 0;
    for (JsonElement each : json.getAsJsonArray("tests")) {
      JsonObject test = each.getAsJsonObject();
      assertThat(test.keySet())
          .contains("name", "group", "description", "measure", "threshold", "value", "clips");
      if (test.has("notTested")) {
        notTested++;
        assertThat(test.get("value").isJsonNull()).isTrue();
      } else if (test.get("passed").getAsBoolean()) {
        passed++;
      } else {
        failed++;
      }
    }
    JsonObject summary = json.getAsJsonObject("summary");
    assertThat(summary.get("passed").getAsInt()).isEqualTo(passed);
    assertThat(summary.get("failed").getAsInt()).isEqualTo(failed);
    assertThat(summary.get("notTested").getAsInt()).isEqualTo(notTested).isPositive();
    assertThat(summary.get("total").getAsInt()).isEqualTo(passed + failed).isPositive();
    assertThat(report.resolve("stress.html"))
        .content()
        .contains("<audio controls", "data:audio/wav;base64,", "Background noise", "Left out");
    assertThat(report.resolve("tables.md")).content().contains("unchanged, additive tone");
    assertThat(report.resolve("figures/small-changes.svg")).exists();
  }

  @Test
  void theExitCodeSaysWhetherEnoughPassed() throws IOException {
    // Nobody knows the sex of anybody: no test is run, so none passed.
    assertThat(stress(corpus.manifest(), "--tests", "sex").exitCode())
        .isEqualTo(ExitCode.SOME_FAILED);
    CommandRun gain = stress(corpus.manifest(), "--tests", "small-changes", "--require", "0.1");
    assertThat(gain.exitCode()).as(gain.out()).isEqualTo(ExitCode.DONE);
    double rate = json().getAsJsonObject("summary").get("passRate").getAsDouble();
    int all = stress(corpus.manifest(), "--tests", "small-changes").exitCode();
    assertThat(all).isEqualTo(rate == 1 ? ExitCode.DONE : ExitCode.SOME_FAILED);
  }

  @Test
  void theSameSeedGivesTheSameTests() throws IOException {
    List<Object> options = List.of("--tests", "background-noise,room", "--seed", 3, "--clips", 6);
    stress(corpus.manifest(), Stream.concat(options.stream(), Stream.of("--threads", 1)).toArray());
    String tests = json().get("tests").toString();
    stress(corpus.manifest(), Stream.concat(options.stream(), Stream.of("--threads", 3)).toArray());

    assertThat(json().get("tests")).hasToString(tests);
    assertThat(json().get("clips").getAsInt()).isEqualTo(6);
  }

  @Test
  void aDamagedClipFailsAlone() throws IOException {
    Files.writeString(folder.resolve("damaged.wav"), "not audio");
    Path manifest =
        corpus.manifest(
            "damaged.csv",
            Stream.concat(corpus.rows(), Stream.of("damaged.wav,s1,sad")).toArray(String[]::new));
    CommandRun run = stress(manifest, "--tests", "correctness", "--require", "0");

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(run.err()).contains("serenade: failed: ").contains("damaged.wav");
    assertThat(json().get("clips").getAsInt()).isEqualTo(16);
  }

  @Test
  void wrongUsageIsSaidSo() {
    for (String[] wrong :
        new String[][] {
          {"--tests", "loudness"}, {"--require", "80"}, {"--clips", "0"}, {"--threads", "0"}
        }) {
      CommandRun run = stress(corpus.manifest(), (Object[]) wrong);
      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(wrong[0] + ": ");
    }
    CommandRun missing =
        CommandRun.of(
            "stress",
            "--manifest",
            corpus.manifest(),
            "--report",
            report,
            "--model",
            folder.resolve("none.serenade"));
    assertThat(missing.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
  }
}
