package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code evaluate} with {@code --poolings} and {@code --layers}. */
final class EvaluateGridTest extends TinyEvaluation {

  @Test
  void severalPoolingsAndLayersMakeAGrid() throws IOException {
    CommandRun run =
        evaluate(
            corpus.manifest(),
            "--protocol",
            "speaker-folds:2",
            "--poolings",
            "mean,qkv",
            "--bounded-scores",
            "--layers",
            "0-1",
            "--layers",
            "concat:0,1");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("[6/6] qkv, layer concat:0-1");
    assertThat(run.outLines()).hasSize(3);
    assertThat(run.outLines().get(0)).startsWith("UA %").endsWith(" concat:0-1");
    JsonObject results = results();
    assertThat(results.getAsJsonArray("runs")).hasSize(6);
    assertThat(results.getAsJsonArray("chosenOnValidation")).hasSize(2);
    assertThat(report.resolve("cells/qkv-concat-0-1/predictions.csv")).exists();
  }

  @Test
  void aCellOfAGridIsTheRunThatItWouldBeAlone() throws IOException {
    evaluate(
        corpus.manifest(),
        "--protocol",
        "speaker-folds:2",
        "--poolings",
        "mean,qkv",
        "--layers",
        "0-1");
    String cell = Files.readString(report.resolve("cells/qkv-0/predictions.csv"));
    evaluate(
        corpus.manifest(), "--protocol", "speaker-folds:2", "--pooling", "qkv", "--layer", "0");

    assertThat(report.resolve("predictions.csv")).hasContent(cell);
  }

  @Test
  void aFinishedModelHasNoGrid() {
    CommandRun run = evaluate(corpus.manifest(), "--model", "default", "--layers", "all");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--layers and --poolings need --protocol");
  }
}
