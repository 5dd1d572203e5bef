package dev.serenade.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.RiskCoverage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfidenceBootstrapTest {

  /** The same sums in another order. */
  private static final double ROUNDING = 1e-12;

  @Test
  void speakersThatAreAllAlikeLeaveNoDoubt() {
    Predictions one = RandomPredictions.of(3, 1, 40);
    List<Prediction> copies = new ArrayList<>();
    for (int s = 0; s < 5; s++) {
      String speaker = "copy" + s;
      one.asList()
          .forEach(
              p ->
                  copies.add(
                      new Prediction(p.clip(), speaker, p.fold(), p.actual(), p.probabilities())));
    }
    Predictions alike = Predictions.of(copies);
    ConfidenceBootstrap bootstrap = ConfidenceBootstrap.of(alike, 1);

    assertIs(
        bootstrap.calibrationError().orElseThrow(),
        Calibration.of(alike).expectedCalibrationError());
    // Copies are equally sure, so their errors are spread evenly, however many there are.
    assertIs(bootstrap.riskCoverageArea().orElseThrow(), RiskCoverage.of(alike).area());
    double share =
        alike.asList().stream().mapToDouble(p -> p.correct() ? 1 : 0).average().orElse(0);
    assertIs(bootstrap.share(Prediction::correct, p -> true).orElseThrow(), share);
  }

  private static void assertIs(Interval interval, double value) {
    assertThat(interval.low()).isCloseTo(value, within(ROUNDING));
    assertThat(interval.high()).isCloseTo(value, within(ROUNDING));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void intervalsHoldWhatWasMeasured(long seed) {
    Predictions predictions = RandomPredictions.of(seed, 12, 20);
    ConfidenceBootstrap bootstrap = ConfidenceBootstrap.of(predictions, seed);
    assertThat(
            bootstrap
                .riskCoverageArea()
                .orElseThrow()
                .contains(RiskCoverage.of(predictions).area()))
        .isTrue();
    Interval wrong =
        bootstrap
            .share(p -> !p.correct(), p -> p.probabilities().confidence() >= 0.5)
            .orElseThrow();
    double measured =
        predictions.asList().stream()
            .filter(p -> p.probabilities().confidence() >= 0.5)
            .mapToDouble(p -> p.correct() ? 0 : 1)
            .average()
            .orElseThrow();
    assertThat(wrong.contains(measured)).isTrue();
    assertThat(ConfidenceBootstrap.of(predictions, seed).calibrationError())
        .isEqualTo(bootstrap.calibrationError());
  }

  @Test
  void aSingleSpeakerHasNoInterval() {
    ConfidenceBootstrap one = ConfidenceBootstrap.of(RandomPredictions.of(1, 1, 20), 1);
    assertThat(one.calibrationError()).isEmpty();
    assertThat(one.riskCoverageArea()).isEmpty();
    assertThat(one.share(p -> true, p -> true)).isEmpty();
    ConfidenceBootstrap three = ConfidenceBootstrap.of(RandomPredictions.of(1, 3, 20), 1);
    assertThat(three.share(Prediction::correct, p -> p.speaker().equals("s00"))).isEmpty();
    assertThat(three.share(Prediction::correct, p -> !p.speaker().equals("s00"))).isPresent();
  }
}
