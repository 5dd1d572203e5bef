package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class DropoutTest {

  @Test
  void dropsTheGivenShareAndScalesTheRest() {
    float[] values = apply(0.25, 7, 100_000);
    int dropped = 0;
    for (float value : values) {
      assertThat(value == 0 || value == 2 / 0.75f).as("value %s", value).isTrue();
      dropped += value == 0 ? 1 : 0;
    }
    // Five standard deviations of a binomial count.
    assertThat(dropped).isCloseTo(25_000, Offset.offset(700));
  }

  @Test
  void probabilityZeroChangesNothing() {
    assertThat(apply(0, 7, 10)).containsOnly(2);
  }

  @Test
  void sameSeedDropsTheSame() {
    assertThat(apply(0.5, 7, 1000)).isEqualTo(apply(0.5, 7, 1000));
    assertThat(apply(0.5, 7, 1000)).isNotEqualTo(apply(0.5, 8, 1000));
  }

  private static float[] apply(double probability, long seed, int size) {
    TrainingEngine.prepareThread(false);
    try (NDManager manager = TrainingEngine.newManager()) {
      NDArray twos = manager.ones(new Shape(size)).mul(2);
      return new Dropout(probability, new SplittableRandom(seed)).apply(twos).toFloatArray();
    }
  }
}
