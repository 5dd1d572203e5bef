package dev.serenade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetricTest {

  /** Sums of a few ratios in another order. */
  private static final double ROUNDING = 1e-15;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void countingAClassTwiceLeavesItsRecallInTheAverageAsItWas(long seed) {
    Predictions once = RandomPredictions.of(seed, 5, 20);
    List<Prediction> twice = new ArrayList<>(once.asList());
    once.asList().stream().filter(p -> p.actual().equals("sad")).forEach(twice::add);
    assertThat(Metric.UNWEIGHTED_AVERAGE_RECALL.of(Predictions.of(twice)))
        .isEqualTo(Metric.UNWEIGHTED_AVERAGE_RECALL.of(once));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void theOrderOfPredictionsDoesNotMatter(long seed) {
    Predictions predictions = RandomPredictions.of(seed, 5, 20);
    List<Prediction> shuffled = new ArrayList<>(predictions.asList());
    Collections.shuffle(shuffled, new Random(seed));
    for (Metric metric : Metric.values()) {
      assertThat(metric.of(Predictions.of(shuffled))).isEqualTo(metric.of(predictions));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void theOrderOfClassesDoesNotMatter(long seed) {
    ConfusionMatrix matrix = ConfusionMatrix.of(RandomPredictions.of(seed, 5, 20));
    int size = matrix.classes().size();
    long[][] reversed = new long[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        reversed[size - 1 - i][size - 1 - j] = matrix.count(i, j);
      }
    }
    for (Metric metric : Metric.values()) {
      assertThat(metric.of(ConfusionMatrix.of(List.of("d", "c", "b", "a"), reversed)).orElseThrow())
          .isCloseTo(metric.of(matrix).orElseThrow(), within(ROUNDING));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void weightedAccuracyIsTheRecallWeightedBySupport(long seed) {
    ConfusionMatrix matrix = ConfusionMatrix.of(RandomPredictions.of(seed, 5, 20));
    double sum = 0;
    for (int i = 0; i < matrix.classes().size(); i++) {
      sum += matrix.recall(i).orElse(0) * matrix.support(i);
    }
    assertThat(Metric.WEIGHTED_ACCURACY.of(matrix).orElseThrow())
        .isCloseTo(sum / matrix.total(), within(ROUNDING));
  }

  @Test
  void aClassWithoutUtterancesHasNoRecallAndIsLeftOutOfTheAverage() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(List.of("a", "b", "c"), new long[][] {{3, 0, 1}, {1, 1, 0}, {0, 0, 0}});
    assertThat(matrix.recall(2)).isEmpty();
    assertThat(matrix.precision(2)).hasValue(0);
    assertThat(Metric.UNWEIGHTED_AVERAGE_RECALL.of(matrix)).hasValue((0.75 + 0.5) / 2);
  }

  @Test
  void aClassThatIsNeverPredictedHasNoPrecisionButAnF1OfZero() {
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("a", "b"), new long[][] {{3, 0}, {1, 0}});
    assertThat(matrix.precision(1)).isEmpty();
    assertThat(matrix.f1(1)).hasValue(0);
  }

  @Test
  void aClassThatIsNowhereDoesNotLowerMacroF1() {
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("a", "b"), new long[][] {{3, 0}, {0, 0}});
    assertThat(matrix.f1(1)).isEmpty();
    assertThat(Metric.MACRO_F1.of(matrix)).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void nothingIsKnownOfNoUtterances(Metric metric) {
    assertThat(metric.of(ConfusionMatrix.of(List.of("a", "b"), new long[2][2]))).isEmpty();
  }
}
