package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code evaluate --explanations}. */
final class EvaluateExplanationsTest extends TinyEvaluation {

  @Test
  void explanationsOfAFinishedModelAreTested() throws IOException {
    Path model = report.resolve("calls.serenade");
    corpus.run("train", "--manifest", corpus.manifest(), "--out", model);
    CommandRun run = evaluate(corpus.manifest(), "--model", model, "--explanations", 8);
    JsonObject explanation = results().getAsJsonObject("explanation");
    CommandRun again =
        evaluate(corpus.manifest(), "--model", model, "--explanations", 8, "--threads", 1);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("explanation by attention, 4 clips: ");
    // Those of the sad are digital silence.
    assertThat(explanation.get("clips").getAsInt()).isEqualTo(4);
    assertThat(
            explanation.getAsJsonArray("orders").asList().stream()
                .map(order -> order.getAsJsonObject().get("name").getAsString()))
        .startsWith("attention", "occlusion");
    assertThat(report.resolve("report.html")).content().contains("<h2>Explanations</h2>");
    assertThat(report.resolve("figures/deletion.svg")).exists();
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(results().getAsJsonObject("explanation")).isEqualTo(explanation);
  }

  @Test
  void aModelWithoutAttentionIsTestedByOcclusionAlone() throws IOException {
    Path model = report.resolve("calls.serenade");
    corpus.run("train", "--manifest", corpus.manifest(), "--out", model, "--pooling", "mean");
    CommandRun run = evaluate(corpus.manifest(), "--model", model, "--explanations", 4);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err())
        .contains("explanation by occlusion, 2 clips: ")
        .doesNotContain("explanation by attention");
    assertThat(
            results().getAsJsonObject("explanation").get("medianAttentionUniformity").getAsDouble())
        .isGreaterThan(0.999999);
  }

  @Test
  void explanationsNeedAFinishedModel() {
    CommandRun run =
        evaluate(corpus.manifest(), "--protocol", "speaker-folds:2", "--explanations", 8);
    CommandRun negative = evaluate(corpus.manifest(), "--model", "default", "--explanations", -1);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--explanations needs --model");
    assertThat(negative.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(negative.err()).contains("expected 0 clips or more, found -1");
  }
}
