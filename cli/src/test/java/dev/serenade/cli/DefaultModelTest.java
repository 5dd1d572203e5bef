package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.recognition.EmotionRecognizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command: the embedded model on the clips that come with Serenade. */
class DefaultModelTest {

  private static final Path SHARED = Path.of(System.getProperty("serenade.shared", ""));
  private static final Path SAMPLES = Path.of(System.getProperty("serenade.root", ".."), "samples");

  /** One of eight is hard; the model may miss another after it is trained anew, no more. */
  private static final int LEAST_RIGHT = 6;

  @TempDir Path folder;

  @Test
  void hearsPeopleItWasNotTrainedOn() {
    CommandRun run = CommandRun.of("predict", SAMPLES, "--format", "json");
    assertThat(run.exitCode()).isZero();
    JsonArray results = JsonParser.parseString(run.out()).getAsJsonArray();
    assertThat(results).hasSize(8);
    int right = 0;
    for (JsonElement element : results) {
      JsonObject result = element.getAsJsonObject();
      String file = String.valueOf(Path.of(result.get("file").getAsString()).getFileName());
      String emotion = result.get("emotion").getAsString();
      if (file.startsWith(emotion)) {
        right++;
      }
      double sum =
          result.getAsJsonObject("scores").entrySet().stream()
              .mapToDouble(score -> score.getValue().getAsDouble())
              .sum();
      assertThat(sum).isBetween(0.999, 1.001);
      assertThat(result.get("abstained").getAsBoolean()).isFalse();
    }
    assertThat(right).isGreaterThanOrEqualTo(LEAST_RIGHT);
  }

  @Test
  void saysWhereItComesFrom() throws IOException {
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault()) {
      assertThat(recognizer.labels()).containsExactly("angry", "happy", "neutral", "sad");
      assertThat(recognizer.model().provenance())
          .containsKeys("serenade", "seed", "manifest.emodb", "manifest.emovo", "manifest.ravdess");
      assertThat(recognizer.model().provenance().get("validationSpeakers"))
          .as("the samples' speakers were held out")
          .contains("emodb/09", "emodb/12");
      assertThat(recognizer.model().licences()).hasSize(4);
    }
  }

  @Test
  void itsEncoderTrainsModelsWithoutAnother() throws IOException {
    Path manifest = manifestOfSamples();
    Path whisper = SHARED.resolve("models/whisper-base");
    assumeTrue(Files.exists(whisper), "skipped: no %s (set serenade.shared)".formatted(whisper));

    byte[] own = head(train(manifest, "default", "own"));
    byte[] whole = head(train(manifest, whisper.toString(), "whole"));

    assertThat(own).isEqualTo(whole);
  }

  @Test
  void blocksThatItsEncoderLacksAreNamed() throws IOException {
    CommandRun run =
        CommandRun.of(
            "train",
            "--manifest",
            manifestOfSamples(),
            "--out",
            folder.resolve("more.serenade"),
            "--encoder",
            "default",
            "--layer",
            "concat:2,5");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("the encoder of the default model has blocks 1 to 3 of whisper-base, found 5");
  }

  private Path manifestOfSamples() throws IOException {
    List<String> rows = new ArrayList<>(List.of("path,speaker,emotion"));
    try (Stream<Path> clips = Files.list(SAMPLES)) {
      clips
          .filter(clip -> clip.toString().endsWith(".flac"))
          .sorted()
          .forEach(
              clip -> {
                String[] name = String.valueOf(clip.getFileName()).split("-", 2);
                rows.add(
                    "%s,%s,%s".formatted(clip.toAbsolutePath(), name[1].substring(0, 2), name[0]));
              });
    }
    return Files.write(folder.resolve("samples.csv"), rows);
  }

  private Path train(Path manifest, String encoder, String name) {
    Path out = folder.resolve(name + ".serenade");
    CommandRun run =
        CommandRun.of(
            "train",
            "--manifest",
            manifest,
            "--out",
            out,
            "--encoder",
            encoder,
            "--init",
            "default",
            "--epochs",
            3,
            "--store",
            folder.resolve("store-of-" + name));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return out;
  }

  private static byte[] head(Path model) throws IOException {
    try (ZipFile zip = new ZipFile(model.toFile())) {
      return zip.getInputStream(zip.getEntry("head.safetensors")).readAllBytes();
    }
  }

  @Test
  void itsModelCardIsOfThisTraining() throws IOException {
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault()) {
      String trainedAt = recognizer.model().provenance().get("trainedAt");
      assertThat(SAMPLES.resolveSibling("models").resolve("MODEL_CARD.md"))
          .as("a model card of another training; models/README.md says how to write it anew")
          .content()
          .contains("| trainedAt | %s |".formatted(trainedAt));
    }
  }
}
