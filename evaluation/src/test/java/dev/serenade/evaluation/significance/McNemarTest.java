package dev.serenade.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class McNemarTest {

  /** Sums of binomial coefficients by hand: (1 + 12 + 66) / 2^11, and so on. */
  @ParameterizedTest
  @CsvSource({"2, 10, 0.03857421875", "0, 5, 0.0625", "5, 0, 0.0625", "3, 3, 1", "0, 0, 1"})
  void smallCountsAreExact(int onlyFirst, int onlySecond, double p) {
    assertThat(new McNemar(onlyFirst, onlySecond).pValue()).isCloseTo(p, within(1e-12));
  }

  @Test
  void manyClipsDoNotUnderflow() {
    assertThat(new McNemar(1000, 1000).pValue()).isEqualTo(1);
    assertThat(new McNemar(900, 1100).pValue()).isBetween(1e-6, 1e-4);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void countsAreOfClipsThatOneRunAloneGetsRight(long seed) {
    Predictions first = RandomPredictions.of(seed, 4, 10);
    List<Prediction> shifted =
        first.asList().stream()
            .map(
                p ->
                    new Prediction(
                        p.clip(),
                        p.speaker(),
                        p.fold(),
                        RandomPredictions.CLASSES.get((p.actualIndex() + 1) % 4),
                        p.probabilities()))
            .toList();
    McNemar counts = McNemar.of(first, Predictions.of(shifted));
    long right = first.asList().stream().filter(Prediction::correct).count();
    long rightWhenShifted = shifted.stream().filter(Prediction::correct).count();

    assertThat(counts.onlyFirst()).isEqualTo((int) right);
    assertThat(counts.onlySecond()).isEqualTo((int) rightWhenShifted);
  }
}
