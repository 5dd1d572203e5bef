package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** {@code train --init}: from the head of another model. */
final class TrainInitTest extends TinyTraining {

  @Test
  void aFewClipsOfOtherEmotionsStartFromAModel() throws IOException {
    trainOn(corpus.manifest());
    Path source = Files.move(model(), out.resolve("source.serenade"));
    String[] few =
        corpus
            .rows()
            .filter(row -> row.contains("-0.wav") && row.matches(".*,s[01],.*"))
            .map(row -> row.replaceAll("sad$", "calm"))
            .toArray(String[]::new);
    CommandRun run =
        trainOn(corpus.manifest("few.csv", few), "--init", source, "--window", "memory");
    byte[] started = head(model());
    trainOn(corpus.manifest("few.csv", few));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(started).isNotEqualTo(head(model()));
    assertThat(started).hasSameSizeAs(head(source));
  }

  @Test
  void whereTheInitialHeadComesFromIsInTheModel() throws IOException {
    trainOn(corpus.manifest());
    Path source = Files.move(model(), out.resolve("source.serenade"));
    trainOn(corpus.manifest(), "--init", source, "--without-encoder");

    try (ZipFile zip = new ZipFile(model().toFile())) {
      String json =
          new String(
              zip.getInputStream(zip.getEntry("model.json")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(json)
          .contains("\"init\": \"%s\"".formatted(source))
          .contains("\"init.manifest.calls\"");
    }
  }

  @Test
  void anInitialHeadOfAnotherKindIsRefusedAndBothAreNamed() throws IOException {
    trainOn(corpus.manifest());
    Path source = Files.move(model(), out.resolve("source.serenade"));
    Path another = TinyModel.write(out.resolve("another.serenade"));
    CommandRun encoder = trainOn(corpus.manifest(), "--init", another);
    CommandRun window = trainOn(corpus.manifest(), "--init", source, "--window", "adaptive");
    CommandRun layer = trainOn(corpus.manifest(), "--init", source, "--layer", 0);
    CommandRun pooling = trainOn(corpus.manifest(), "--init", source, "--pooling", "mean");
    CommandRun missing = trainOn(corpus.manifest(), "--init", out.resolve("none"));
    CommandRun damaged =
        trainOn(corpus.manifest(), "--init", Files.writeString(out.resolve("text"), "no model"));

    assertThat(encoder.err())
        .contains("another.serenade: trained on encoder tiny-random with SHA-256 0000")
        .contains(", but this run is on tiny-encoder with SHA-256 ");
    assertThat(window.err())
        .contains("trained with Window[mode=MEMORY, gridFrames=8], but this run has Window[mode=");
    assertThat(layer.err()).contains("expected to start from a head of layer 0, found 1");
    assertThat(pooling.err()).contains("expected to start from a head of kind {");
    assertThat(missing.err()).contains("--init: no file " + out.resolve("none"));
    assertThat(damaged.err()).contains("--init: ").contains("expected a model file");
    for (CommandRun run : List.of(encoder, window, layer, pooling, missing, damaged)) {
      assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
      assertThat(run.err()).doesNotContain("internal error").doesNotContain("epoch  1");
    }
    assertThat(model()).doesNotExist();
  }
}
