package dev.serenade.recognition.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialBoundTest {

  /** SciPy 1.17.1: {@code scipy.stats.beta.ppf(1 - d, k + 1, n - k)}. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.05, 0.95",
    "0, 59, 0.05, 0.04950760988822693",
    "3, 50, 0.05, 0.14783717636418123",
    "20, 200, 0.01, 0.16008033359969842",
    "499, 500, 0.05, 0.999897418673049",
    "1200, 10000, 0.00833, 0.12798880545282948",
  })
  void boundsAreThoseOfSciPy(int errors, int draws, double doubt, double expected) {
    // The sum of 1,200 terms, each known to 1e-13 of itself, moves the bound by less than this.
    assertThat(BinomialBound.upper(errors, draws, doubt)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void whoIsAlwaysWrongMayAlwaysBeWrong() {
    assertThat(BinomialBound.upper(7, 7, 0.05)).isEqualTo(1);
  }

  @Test
  void moreErrorsThanDrawsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinomialBound.upper(3, 2, 0.05))
        .withMessageContaining("found 2 and 3");
  }
}
