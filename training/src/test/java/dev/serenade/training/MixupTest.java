package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MixupTest {

  private static final int ROWS = 6;

  private static float[] mixture(double alpha, long seed) {
    TrainingEngine.prepareThread(false);
    try (NDManager manager = TrainingEngine.newManager()) {
      Mixup mixup = new Mixup(alpha, new SplittableRandom(seed));
      return mixup.draw(manager.ones(new Shape(ROWS, 3))).toFloatArray();
    }
  }

  @Test
  void everyRowIsSharedWithOneOtherByOneLambda() {
    for (int seed = 0; seed < 20; seed++) {
      float[] weights = mixture(0.7, seed);
      for (int i = 0; i < ROWS; i++) {
        float row = 0;
        float column = 0;
        int partners = 0;
        for (int j = 0; j < ROWS; j++) {
          row += weights[i * ROWS + j];
          column += weights[j * ROWS + i];
          partners += i != j && weights[i * ROWS + j] > 0 ? 1 : 0;
        }
        assertThat(row).isCloseTo(1, Offset.offset(1e-6f));
        assertThat(column).as("no clip counts more").isCloseTo(1, Offset.offset(1e-6f));
        assertThat(partners).isBetween(0, 1);
      }
    }
  }

  @Test
  void theSeedDecides() {
    assertThat(mixture(1, 4)).isEqualTo(mixture(1, 4)).isNotEqualTo(mixture(1, 5));
  }

  /** Beta(a, a) has mean 1/2 and variance 1 / (4 (2 a + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 1, 8})
  void lambdaHasTheMomentsOfBeta(double alpha) {
    Mixup mixup = new Mixup(alpha, new SplittableRandom(9));
    int draws = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double lambda = mixup.beta();
      assertThat(lambda).isBetween(0.0, 1.0);
      sum += lambda;
      squares += (lambda - 0.5) * (lambda - 0.5);
    }
    // Six standard errors of a mean whose terms lie within 1/2 of it.
    assertThat(sum / draws).isCloseTo(0.5, Offset.offset(0.01));
    assertThat(squares / draws).isCloseTo(1 / (4 * (2 * alpha + 1)), Offset.offset(0.005));
  }
}
