package dev.serenade.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConformalSetsTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.85, 0.9, 0.95})
  void newClipsAreCoveredAsOftenAsAskedFor(double coverage) {
    double mean =
        IntStream.range(0, 100)
            .mapToDouble(
                n ->
                    ConformalSets.fit(RandomPredictions.of(n, 50, 2), coverage)
                        .coverage(RandomPredictions.of(n + 1000, 200, 1)))
            .average()
            .orElseThrow();
    // Expected between coverage and coverage + 1 / 101; three standard errors are under 0.018.
    assertThat(mean).isBetween(coverage - 0.018, coverage + 0.01 + 0.018);
  }

  @Test
  void whoAsksForLessThanTheAccuracyGetsTheAccuracy() {
    Predictions predictions = RandomPredictions.of(3, 50, 20);
    ConformalSets sets = ConformalSets.fit(predictions, 0.5);
    assertThat(sets.meanSize(predictions)).isEqualTo(1);
    assertThat(sets.coverage(predictions))
        .isEqualTo(Metric.WEIGHTED_ACCURACY.of(predictions))
        .isGreaterThan(0.7);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void askingForMoreGivesLargerSets(long seed) {
    Predictions predictions = RandomPredictions.of(seed, 10, 10);
    ConformalSets some = ConformalSets.fit(predictions, 0.8);
    ConformalSets most = ConformalSets.fit(predictions, 0.95);
    assertThat(most.threshold()).isLessThanOrEqualTo(some.threshold());
    assertThat(most.meanSize(predictions)).isGreaterThanOrEqualTo(some.meanSize(predictions));
    assertThat(most.coverage(predictions)).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void aSetHoldsTheClassesAboveTheThresholdInOrder() {
    ClassProbabilities p = ClassProbabilities.of(List.of("a", "b", "c"), 0.3, 0.1, 0.6);
    assertThat(new ConformalSets(0.3).set(p)).containsExactly("a", "c");
    assertThat(new ConformalSets(0.7).set(p))
        .as("the most probable in any case")
        .containsExactly("c");
  }

  @Test
  void tooFewHeldOutPredictionsPromiseNothingLessThanAllClasses() {
    ConformalSets sets = ConformalSets.fit(RandomPredictions.of(1, 1, 8), 0.9);
    assertThat(sets.threshold()).isZero();
    assertThat(ConformalSets.fit(RandomPredictions.of(1, 1, 9), 0.9).threshold()).isPositive();
  }

  @Test
  void aCoverageOfOneIsRefused() {
    assertThatThrownBy(() -> ConformalSets.fit(RandomPredictions.of(1, 1, 8), 1))
        .hasMessageContaining("between 0 and 1, found 1.0");
  }
}
