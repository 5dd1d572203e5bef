package dev.serenade.recognition.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.recognition.FloatVector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionUniformityTest {

  /** Weights are float32. */
  private static final double ROUNDING = 1e-6;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 1500, 180_000})
  void equalWeightsAreUniform(int frames) {
    AttentionUniformity uniformity = AttentionUniformity.of(equal(frames, frames));

    assertThat(uniformity.value()).isCloseTo(1, within(ROUNDING)).isLessThanOrEqualTo(1);
    assertThat(uniformity.isExact()).isTrue();
    assertThat(uniformity.isNearlyUniform()).isTrue();
  }

  @Test
  void itIsTheShareOfTheFramesThatCarryTheWeight() {
    for (int carrying : new int[] {1, 10, 50, 99}) {
      assertThat(AttentionUniformity.of(equal(carrying, 100)).value())
          .isCloseTo(carrying / 100.0, within(ROUNDING));
    }
  }

  @Test
  void fromNineteenTwentiethsOnItIsNearlyUniform() {
    assertThat(AttentionUniformity.of(equal(96, 100)).isNearlyUniform()).isTrue();
    assertThat(AttentionUniformity.of(equal(96, 100)).isExact()).isFalse();
    assertThat(AttentionUniformity.of(equal(94, 100)).isNearlyUniform()).isFalse();
  }

  private static FloatVector equal(int carrying, int frames) {
    float[] weights = new float[frames];
    Arrays.fill(weights, 0, carrying, 1f / carrying);
    return FloatVector.of(weights);
  }
}
