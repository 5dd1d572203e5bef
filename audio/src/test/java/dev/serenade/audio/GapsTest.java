package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapsTest {

  @Test
  void gapsWithNextToNothingBetweenAreOne() {
    Gaps gaps = new Gaps();
    gaps.add(1, 2, "first");
    gaps.add(2.05, 3, "second");
    gaps.add(2.5, 2.6, "within");
    gaps.add(3.2, 4, "apart");
    assertThat(gaps.toList()).containsExactly(new Gap(1, 3, "first"), new Gap(3.2, 4, "apart"));
  }

  @Test
  void gapAtTheVeryStartStandsAlone() {
    Gaps gaps = new Gaps();
    gaps.add(0, 0.01, "start");
    assertThat(gaps.toList()).containsExactly(new Gap(0, 0.01, "start"));
  }

  @Test
  void withTooManyTheLastReachesOverAllThatFollow() {
    Gaps gaps = new Gaps();
    for (int i = 0; i < 3 * Gaps.MAXIMUM; i++) {
      gaps.add(i, i + 0.5, "gap " + i);
    }
    assertThat(gaps.toList()).hasSize(Gaps.MAXIMUM);
    assertThat(gaps.toList().get(Gaps.MAXIMUM - 1))
        .isEqualTo(new Gap(Gaps.MAXIMUM - 1, 3 * Gaps.MAXIMUM - 0.5, "gap " + (Gaps.MAXIMUM - 1)));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "2, 1", "NaN, 1", "0, NaN"})
  void impossibleGapIsRefused(double start, double end) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Gap(start, end, "a"));
  }
}
