package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.recognition.EmotionRecognizer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's first command: the embedded model on the clips that come with Serenade. */
class DefaultModelTest {

  private static final Path SAMPLES = Path.of(System.getProperty("serenade.root", ".."), "samples");

  /** One of eight is hard; the model may miss another after it is trained anew, no more. */
  private static final int LEAST_RIGHT = 6;

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
