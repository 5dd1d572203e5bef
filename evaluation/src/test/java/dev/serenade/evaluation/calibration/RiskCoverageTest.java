package dev.serenade.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RiskCoverageTest {

  @Test
  void risksAreErrorsAmongTheSurest() {
    RiskCoverage curve =
        RiskCoverage.of(of(said(0.9, true), said(0.6, false), said(0.8, true), said(0.7, false)));
    assertThat(curve.risks()).containsExactly(0.0, 0.0, 1 / 3.0, 0.5);
    assertThat(curve.confidences()).containsExactly(0.9, 0.8, 0.7, 0.6);
    assertThat(curve.area()).isCloseTo((1 / 3.0 + 0.5) / 4, within(1e-16));
  }

  @Test
  void abstainingKeepsAsMuchAsTheTargetAllows() {
    RiskCoverage curve =
        RiskCoverage.of(of(said(0.9, true), said(0.6, false), said(0.8, true), said(0.7, false)));
    assertThat(curve.abstainBelow(0)).hasValue(0.8);
    assertThat(curve.abstainBelow(0.4)).hasValue(0.7);
    assertThat(curve.abstainBelow(0.5)).hasValue(0.6);
    assertThat(RiskCoverage.of(of(said(0.9, false))).abstainBelow(0.5)).isEmpty();
  }

  @Test
  void equalConfidencesAreKeptOrLostTogether() {
    RiskCoverage curve =
        RiskCoverage.of(of(said(0.9, true), said(0.8, true), said(0.8, false), said(0.8, false)));
    assertThat(curve.risks().get(1)).isCloseTo(2 / 3.0 / 2, within(1e-16));
    assertThat(curve.abstainBelow(0.4)).hasValue(0.9);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void keepingAllLeavesTheErrorRateAndOrderDoesNotMatter(long seed) {
    Predictions predictions = RandomPredictions.of(seed, 4, 25);
    List<Prediction> shuffled = new ArrayList<>(predictions.asList());
    Collections.shuffle(shuffled, new Random(seed));
    RiskCoverage curve = RiskCoverage.of(predictions);
    assertThat(curve.risks().get(99))
        .isCloseTo(1 - Metric.WEIGHTED_ACCURACY.of(predictions), within(1e-15));
    assertThat(RiskCoverage.of(Predictions.of(shuffled))).isEqualTo(curve);
  }

  private static Prediction said(double confidence, boolean right) {
    return new Prediction(
        "clip",
        "s",
        "f",
        right ? "a" : "b",
        ClassProbabilities.of(List.of("a", "b"), confidence, 1 - confidence));
  }

  private static Predictions of(Prediction... predictions) {
    return Predictions.of(List.of(predictions));
  }
}
