package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.explanation.Occlusion;
import dev.serenade.recognition.head.MeanPooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code predict --explain}. */
final class PredictExplanationTest extends TinyPrediction {

  /** Rounding of float32 when the same sums are taken in another order. */
  private static final double ROUNDING = 1e-5;

  private Path good;

  @BeforeEach
  void writeRecording() throws IOException {
    good = TestSounds.writeSpeech(folder.resolve("good.wav"), 2.5, 1);
  }

  private static Stream<JsonElement> elements(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Test
  void explainGivesAWeightToEachFrame() {
    JsonObject attention =
        first(predict("--format", "json", "--explain", good)).getAsJsonObject("attention");

    assertThat(attention.get("frameSeconds").getAsDouble()).isEqualTo(0.02);
    List<Double> weights =
        elements(attention.getAsJsonArray("weights")).map(JsonElement::getAsDouble).toList();
    assertThat(weights).hasSize(125);
    assertThat(weights.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-4));
  }

  @Test
  void explainSaysWhatAttentionIsWorthAndWhatSilenceDoes() throws IOException {
    JsonObject element = first(predict("-f", "json", "-e", good));
    JsonObject attention = element.getAsJsonObject("attention");
    JsonObject occlusion = element.getAsJsonObject("occlusion");

    assertThat(attention.keySet())
        .containsExactly("frameSeconds", "weights", "uniformity", "agreement", "explains");
    assertThat(attention.get("uniformity").getAsDouble()).isBetween(0.0, 1.0);
    assertThat(attention.get("agreement").getAsDouble()).isBetween(-1.0, 1.0);
    assertThat(occlusion.keySet())
        .containsExactly("emotion", "stepSeconds", "stretchSeconds", "changes", "logOddsChanges");
    assertThat(occlusion.get("emotion")).isEqualTo(element.get("emotion"));
    assertThat(occlusion.get("stepSeconds").getAsString()).isEqualTo("0.1");
    assertThat(occlusion.get("stretchSeconds").getAsString()).isEqualTo("0.2");
    try (EmotionRecognizer recognizer = EmotionRecognizer.load(model)) {
      Waveform clip = AudioDecoder.create().decode(good);
      Explanation explanation = Explanation.of(recognizer, clip, recognizer.recognize(clip));
      Occlusion expected = explanation.occlusion();
      assertThat(attention.get("explains").getAsBoolean())
          .isEqualTo(explanation.attentionExplains());
      List<Double> changes =
          elements(occlusion.getAsJsonArray("changes")).map(JsonElement::getAsDouble).toList();
      assertThat(changes).hasSize(25);
      for (int i = 0; i < 25; i++) {
        assertThat(changes.get(i)).isCloseTo(expected.changes().get(i), within(ROUNDING));
      }
    }
    assertThat(first(predict("-f", "json", good)).keySet())
        .doesNotContain("attention", "occlusion");
  }

  @Test
  void jsonLinesHoldTheSameExplanation() {
    CommandRun lines = predict("-f", "jsonl", "-e", good);

    assertThat(JsonParser.parseString(lines.out()))
        .isEqualTo(json(predict("-f", "json", "-e", good)).get(0));
  }

  @Test
  void theTableShowsOcclusionAndSaysWhichMomentCounts() throws IOException {
    Path silence = Files.write(good.resolveSibling("silence.wav"), TestSounds.silence(1.0));
    CommandRun run = predict("-e", good, silence);

    assertThat(run.outLines()).hasSizeBetween(5, 6);
    assertThat(run.outLines().get(2)).matches("  attention.*");
    assertThat(run.out())
        .containsPattern("\n  occlusion +[\u2581-\u2588]+\n")
        .containsPattern(
            "  (the moment around \\d\\.\\d s counts most: without it, |no stretch of 0.2 s counts alone: )");
    assertThat(run.outLines().get(run.outLines().size() - 1)).contains("silence.wav");
  }

  @Test
  void whereEveryMomentWeighsTheSameItSaysSo() throws IOException {
    Path mean = TinyModel.write(folder.resolve("mean.serenade"), new MeanPooling());

    CommandRun table = CommandRun.of("predict", "--model", mean, "-e", good);
    JsonObject attention =
        first(CommandRun.of("predict", "--model", mean, "-e", "-f", "json", good))
            .getAsJsonObject("attention");

    assertThat(table.outLines().get(2))
        .isEqualTo(
            "  every moment weighs the same in this model: no attention explains this score; what"
                + " does is below");
    assertThat(table.outLines().get(3)).startsWith("  occlusion");
    assertThat(attention.get("explains").getAsBoolean()).isFalse();
    assertThat(attention.get("uniformity").getAsDouble()).isEqualTo(1);
  }
}
