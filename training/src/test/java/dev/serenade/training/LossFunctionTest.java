package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Losses against their formulas, on two examples whose probabilities are known. */
final class LossFunctionTest {

  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  private static final double[][] PROBABILITIES = {{0.7, 0.2, 0.1}, {0.1, 0.3, 0.6}};

  private static final List<Example> EXAMPLES = List.of(new Example(0, 0), new Example(1, 1));

  /** In training, class 0 has three examples of four, class 1 one, class 2 none. */
  private static final List<Integer> TRAINING_LABELS = List.of(0, 0, 0, 1);

  @Test
  void crossEntropyIsMeanNegativeLogProbability() {
    assertThat(loss(Map.of())).isCloseTo((-Math.log(0.7) - Math.log(0.3)) / 2, ROUNDING);
  }

  @Test
  void focalLossCaresLessForWhatIsRight() {
    double expected = (-0.09 * Math.log(0.7) - 0.49 * Math.log(0.3)) / 2;
    assertThat(loss(Map.of("loss", "focal"))).isCloseTo(expected, ROUNDING);
  }

  @Test
  void balancedWeightsCountClassesAlike() {
    double first = 4.0 / (3 * 3);
    double second = 4.0 / (3 * 1);
    double expected = -(first * Math.log(0.7) + second * Math.log(0.3)) / (first + second);
    assertThat(loss(Map.of("classWeights", "balanced"))).isCloseTo(expected, ROUNDING);
  }

  @Test
  void smoothingSpreadsTheTarget() {
    double expected = 0;
    for (int i = 0; i < 2; i++) {
      for (int c = 0; c < 3; c++) {
        double target = (c == i ? 0.7 : 0) + 0.1;
        expected -= target * Math.log(PROBABILITIES[i][c]) / 2;
      }
    }
    assertThat(loss(Map.of("labelSmoothing", "0.3"))).isCloseTo(expected, ROUNDING);
  }

  private static double loss(Map<String, String> settings) {
    LossFunction loss =
        new LossFunction(TrainingSettings.DEFAULT.with(settings), TRAINING_LABELS, 3);
    float[] logits = new float[6];
    for (int i = 0; i < 6; i++) {
      // Logits may be off by any constant.
      logits[i] = (float) Math.log(PROBABILITIES[i / 3][i % 3]) + 5;
    }
    TrainingEngine.prepareThread(false);
    try (NDManager manager = TrainingEngine.newManager()) {
      return loss.apply(
              manager.create(logits, new Shape(2, 3)),
              loss.targets(manager, EXAMPLES, loss.totalWeight(EXAMPLES)))
          .getFloat();
    }
  }
}
