package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsCommandTest {

  @TempDir private static Path folder;
  private static TinyCorpus corpus;
  private static Path manifest;
  private static Path model;
  private static CommandRun trained;

  @TempDir private Path out;

  /** Trains on a manifest named for a corpus of the ledger, with sexes and a language. */
  @BeforeAll
  static void train() throws IOException {
    corpus = TinyCorpus.write(folder);
    StringBuilder rows = new StringBuilder("path,speaker,emotion,sex,language\n");
    for (String row : corpus.rows().toList()) {
      boolean even = row.contains("s0") || row.contains("s2");
      rows.append(row).append(even ? ",female,de\n" : ",male,de\n");
    }
    manifest = Files.writeString(folder.resolve("ravdess.csv"), rows);
    model = folder.resolve("mine.serenade");
    trained =
        corpus.run("train", "--manifest", manifest, "--licence", "Mine to use.", "--out", model);
  }

  @Test
  void trainingLeavesACardBesideTheModel() throws IOException {
    assertThat(trained.exitCode()).as(trained.err()).isEqualTo(ExitCode.DONE);
    String card = Files.readString(folder.resolve("mine.serenade.card.md"));

    assertThat(card)
        .startsWith("---\nlanguage:\n- en\nlicense: other\nlicense_name: non-commercial\n")
        .contains("# mine.serenade\n", "Mine to use.", "Whisper encoder weights: MIT")
        .contains("| clips by class | angry 8, sad 8 |", "| speakers | 4 |")
        .contains("| speakers by sex | female 2, male 2 |", "| clips by language | de 16 |")
        .containsPattern("After epoch \\d, [\\d.]+ % unweighted average recall")
        .contains("## Accuracy\n\nNot measured.", "## Calibration\n\nNot measured.")
        .contains("## Fairness\n\nNot measured.", "## Stress tests\n\nNot measured.");
  }

  @Test
  void useFollowsFromTheLicencesOfTheData() throws IOException {
    String card = CommandRun.of("models", "card", "--model", model).out();
    Path other = out.resolve("other.serenade");
    corpus.run("train", "--manifest", corpus.manifest(), "--out", other);
    String unknown = CommandRun.of("models", "card", "--model", other).out();

    assertThat(card)
        .contains("Non-commercial use only, as the licence of a corpus")
        .contains("RAVDESS, speech part (CC BY-NC-SA 4.0)")
        .contains("does not measure what a person feels", "Article 5(1)(f)", "Article 50(3)")
        .contains("All of its training data is performed speech");
    assertThat(unknown)
        .contains("license_name: unknown", "not in the ledger of corpora (calls)")
        .doesNotContain("All of its training data is performed speech");
  }

  @Test
  void reportsCompleteTheCard() throws IOException {
    Path report = out.resolve("report");
    corpus.run(
        "evaluate",
        "--manifest",
        manifest,
        "--protocol",
        "leave-one-speaker-out",
        "--seed",
        5,
        "--report",
        report);
    Files.writeString(
        Files.createDirectories(out.resolve("stress")).resolve("stress.json"),
        """
        {"model": "mine", "source": "calls", "unknown": [1],
         "tests": [
           {"name": "noise", "group": "small-changes", "measure": "flips", "bound": "at-most",
            "threshold": 0.1, "value": 0.25, "passed": false},
           {"name": "sex", "group": "sex", "threshold": 0.1, "value": 0.0, "passed": true},
           {"name": "accent", "group": "pitch", "passed": null, "value": null}]}
        """);
    CommandRun run =
        CommandRun.of(
            "models",
            "card",
            "--model",
            model,
            "--evaluation",
            report,
            "--manifest",
            manifest,
            "--stress",
            out.resolve("stress"));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .doesNotContain("Not measured.")
        .contains("| leave-one-speaker-out | 4 | 16 | 4 |")
        .contains("by sex, %", "| female | 8 | 2 |", "| male | 8 | 2 |")
        .contains("| sex | sex | passed | 0.000 |", "| accent | pitch | not tested |")
        .contains("| noise | small-changes | failed | 0.250 | at most 0.100 |")
        .contains("| all | 1 | 1 | 1 | 50.0 |")
        .contains("not measured with the model's own settings: seed 5, the model's is 0");
  }

  @Test
  void aNameThatEndsInHtmlGivesAPage() {
    Path page = out.resolve("card.html");
    CommandRun run = CommandRun.of("models", "card", "--model", "default", "--output", page);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(page)
        .content()
        .startsWith("<!DOCTYPE html>")
        .contains("Model card", "EMOVO (free for research)", "Article 5(1)(f)");
  }

  @Test
  void whatCannotBeReadIsSaidInALine() throws IOException {
    Path damaged = Files.createDirectories(out.resolve("damaged"));
    Files.writeString(damaged.resolve("stress.json"), "[1]");
    CommandRun noModel = CommandRun.of("models", "card", "--model", out.resolve("no.serenade"));
    CommandRun noReport =
        CommandRun.of("models", "card", "--model", "default", "--evaluation", out);
    CommandRun noStress =
        CommandRun.of("models", "card", "--model", "default", "--stress", damaged);

    assertThat(noModel.err()).contains("no file " + out.resolve("no.serenade"));
    assertThat(noReport.err()).contains("no file " + out.resolve("results.json"));
    assertThat(noStress.err()).contains(damaged.resolve("stress.json") + ": expected the results");
    for (CommandRun run : List.of(noModel, noReport, noStress)) {
      assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
      assertThat(run.errLines()).hasSize(1);
    }
    assertThat(CommandRun.of("models").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("models", "card").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void helpFitsEightyColumns() {
    CommandRun run = CommandRun.of("models", "card", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("--model=FILE", "--evaluation=DIR", "--manifest=FILE", "--stress=DIR")
        .contains("--output=FILE", "Examples:");
  }
}
