package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.fusion.LateFusion;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.text.LogarithmicPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Models fuse as the evaluation does that chooses their weight, to the bit. The formula is written
 * in both modules, since neither depends on the other.
 */
final class FusionParityTest {

  private static final List<String> CLASSES = List.of("angry", "happy", "neutral", "sad");

  @Test
  void recognitionFusesAsEvaluationDoes() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int draw = 0; draw < 2000; draw++) {
      double[] audio = probabilities(random);
      double[] text = probabilities(random);
      double weight = random.nextInt(101) / 100.0;
      ClassProbabilities expected =
          new LateFusion(weight)
              .fuse(ClassProbabilities.of(CLASSES, audio), ClassProbabilities.of(CLASSES, text));
      EmotionScores found = new LogarithmicPool(weight).fuse(scores(audio), scores(text));
      for (int k = 0; k < CLASSES.size(); k++) {
        assertThat(found.of(CLASSES.get(k)))
            .as("-Dtest.seed=%d, draw %d, weight %s", seed, draw, weight)
            .isEqualTo(expected.get(k));
      }
    }
  }

  /** Now and then all but one are nought, as softmax in 32 bits has it. */
  private static double[] probabilities(SplittableRandom random) {
    double[] values = new double[CLASSES.size()];
    if (random.nextInt(10) == 0) {
      values[random.nextInt(values.length)] = 1;
      return values;
    }
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.exp(random.nextDouble(-30, 0));
      sum += values[k];
    }
    for (int k = 0; k < values.length; k++) {
      values[k] /= sum;
    }
    return values;
  }

  private static EmotionScores scores(double[] values) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int k = 0; k < values.length; k++) {
      scores.put(CLASSES.get(k), values[k]);
    }
    return new EmotionScores(scores);
  }
}
