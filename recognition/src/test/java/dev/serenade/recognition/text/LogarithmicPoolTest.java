package dev.serenade.recognition.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.recognition.EmotionScores;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LogarithmicPoolTest {

  private static final EmotionScores AUDIO = scores(0.7, 0.2, 0.1);
  private static final EmotionScores TEXT = scores(0.1, 0.3, 0.6);

  private static EmotionScores scores(double angry, double happy, double sad) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("angry", angry);
    scores.put("happy", happy);
    scores.put("sad", sad);
    return new EmotionScores(scores);
  }

  @Test
  void isTheNormalisedGeometricMean() {
    EmotionScores fused = new LogarithmicPool(0.5).fuse(AUDIO, TEXT);

    double angry = Math.sqrt(0.07);
    double happy = Math.sqrt(0.06);
    double sad = Math.sqrt(0.06);
    double sum = angry + happy + sad;
    assertThat(fused.of("angry")).isCloseTo(angry / sum, within(1e-15));
    assertThat(fused.of("happy")).isCloseTo(happy / sum, within(1e-15));
    assertThat(fused.of("sad")).isCloseTo(sad / sum, within(1e-15));
    assertThat(fused.probabilities().keySet()).containsExactly("angry", "happy", "sad");
  }

  @Test
  void theEndsAreOneOfTheTwo() {
    assertThat(new LogarithmicPool(1).fuse(AUDIO, TEXT)).isEqualTo(AUDIO);
    assertThat(new LogarithmicPool(0).fuse(AUDIO, TEXT)).isEqualTo(TEXT);
  }

  @Test
  void aProbabilityOfNoughtRulesNothingOut() {
    EmotionScores fused = new LogarithmicPool(0.9).fuse(scores(0, 0.5, 0.5), TEXT);
    assertThat(fused.of("angry")).isPositive();
  }

  @Test
  void otherEmotionsAndWeightsThatAreNoneAreRefused() {
    EmotionScores others = new EmotionScores(Map.of("bored", 1.0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogarithmicPool(0.5).fuse(AUDIO, others))
        .withMessage(
            "expected the same emotions of sound and words, found [angry, happy, sad] and [bored]");
    for (double weight : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new LogarithmicPool(weight));
    }
  }
}
