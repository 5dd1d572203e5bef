package dev.serenade.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricSummaryTest {

  @Test
  void theMeanWeighsFoldsAlikeAndPoolingWeighsClipsAlike() {
    List<Prediction> predictions = new ArrayList<>();
    addFold(predictions, "1", 1, 1);
    addFold(predictions, "2", 1, 3);
    MetricSummary summary =
        MetricSummary.of(Predictions.of(predictions), Metric.WEIGHTED_ACCURACY, 0);
    assertThat(summary.mean()).isEqualTo((0.5 + 0.25) / 2);
    assertThat(summary.pooled()).isEqualTo(2 / 6.0);
    // With ddof = 1: sqrt(2 * 0.125^2 / 1).
    assertThat(summary.standardDeviation().orElseThrow())
        .isCloseTo(0.125 * Math.sqrt(2), within(1e-16));
  }

  @Test
  void oneFoldHasNoDeviation() {
    Predictions predictions = RandomPredictions.of(1, 1, 10);
    MetricSummary.allOf(predictions, 0)
        .forEach(
            summary -> {
              assertThat(summary.standardDeviation()).isEmpty();
              assertThat(summary.interval95()).isEmpty();
              assertThat(summary.mean()).isEqualTo(summary.pooled());
            });
  }

  private static void addFold(List<Prediction> to, String fold, int right, int wrong) {
    ClassProbabilities a = ClassProbabilities.of(List.of("a", "b"), 1, 0);
    for (int n = 0; n < right + wrong; n++) {
      to.add(new Prediction(fold + n, "s" + fold, fold, n < right ? "a" : "b", a));
    }
  }
}
