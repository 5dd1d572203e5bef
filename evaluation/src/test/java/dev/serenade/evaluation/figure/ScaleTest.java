package dev.serenade.evaluation.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScaleTest {

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void ticksAreFewAndDistinctAndHoldTheValues(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double size = Math.pow(10, random.nextDouble(-6, 6));
    double least = random.nextDouble(-size, size);
    double greatest = least + random.nextDouble(0.01, 1) * size;
    Scale scale = Scale.around(least, greatest, 0, 100);
    assertThat(scale.ticks()).hasSizeBetween(4, 12);
    assertThat(scale.ticks().stream().map(scale::label)).doesNotHaveDuplicates();
    assertThat(scale.at(least)).isBetween(0.0, 100.0);
    assertThat(scale.at(greatest)).isBetween(0.0, 100.0);
  }

  @Test
  void aPercentAxisHasRoundTicks() {
    Scale scale = new Scale(0, 100, 0, 1);
    assertThat(scale.ticks().stream().map(scale::label))
        .containsExactly("0", "20", "40", "60", "80", "100");
  }

  @Test
  void valuesThatAreAllEqualStillHaveAnAxis() {
    assertThat(Scale.around(3, 3, 0, 100).at(3)).isBetween(1.0, 99.0);
    assertThat(Scale.around(0, 0, 0, 100).ticks()).contains(0.0);
  }

  @Test
  void anAxisWithoutLengthIsRefused() {
    assertThatThrownBy(() -> new Scale(1, 1, 0, 1)).hasMessageContaining("1.0 to 1.0");
  }
}
