package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code evaluate --protocol as-released}. */
final class EvaluateAsReleasedTest extends TinyEvaluation {

  @Test
  void asReleasedIsSaidFirstAndEverywhere() throws IOException {
    CommandRun run = evaluate(corpus.manifest(), "--protocol", "as-released:speaker-folds:2");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.errLines().get(0))
        .startsWith("As released with arXiv 2602.06000: the epoch is chosen on the test fold");
    assertThat(run.err()).contains("Protocol as-released: as in the paper's released code");
    assertThat(run.outLines().get(0)).startsWith("as-released ");
    JsonObject provenance = results().getAsJsonObject("provenance");
    assertThat(provenance.get("window").getAsString()).contains("PADDED");
    assertThat(provenance.get("inputNormalisation").getAsString()).isEqualTo("none");
    assertThat(provenance.get("pooling").getAsString())
        .contains("\"bounded\":true", "\"norm\":\"norm\"");
    String first = Files.readString(report.resolve("predictions.csv"));
    evaluate(corpus.manifest(), "--protocol", "as-released:speaker-folds:2", "--threads", 1);
    assertThat(report.resolve("predictions.csv")).hasContent(first);
  }

  @Test
  void asReleasedWhatTheUserNamesStays() throws IOException {
    CommandRun run =
        evaluate(
            corpus.manifest(),
            "--protocol",
            "as-released:leave-one-speaker-out",
            "--window",
            "adaptive",
            "--input-norm",
            "standardised",
            "--poolings",
            "mean,attentive",
            "--layers",
            "0-1");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines().get(0)).startsWith("UA % ").endsWith("as-released");
    assertThat(report.resolve("tables.md")).content().startsWith("> Protocol as-released");
    JsonObject results =
        results().getAsJsonArray("runs").get(0).getAsJsonObject().getAsJsonObject("results");
    JsonObject provenance = results.getAsJsonObject("provenance");
    assertThat(provenance.get("window").getAsString()).contains("ADAPTIVE");
    assertThat(provenance.get("inputNormalisation").getAsString()).isEqualTo("standardised");
  }

  @Test
  void asReleasedNeedsThePapersCorporaOrAnotherRule() {
    CommandRun paper = evaluate(corpus.manifest(), "--protocol", "as-released");
    CommandRun refit =
        evaluate(corpus.manifest(), "--protocol", "as-released:speaker-folds:2", "--refit");

    assertThat(paper.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(paper.err()).contains("speakers of ShEMO (F01 to F31, M01 to M56) or of IEMOCAP");
    assertThat(refit.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refit.err()).contains("--refit: as released, nobody is held out to refit on");
  }
}
