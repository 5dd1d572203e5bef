package dev.serenade.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CalibrationTest {

  @Test
  void sureAndRightIsPerfect() {
    Calibration calibration = Calibration.of(Predictions.of(List.of(prediction("a", 1, 0))));
    assertThat(calibration.expectedCalibrationError()).isZero();
    assertThat(calibration.brierScore()).isZero();
    assertThat(calibration.logLoss()).isZero();
  }

  @Test
  void sureAndWrongIsTheWorstAndStaysFinite() {
    Calibration calibration = Calibration.of(Predictions.of(List.of(prediction("b", 1, 0))));
    assertThat(calibration.expectedCalibrationError()).isEqualTo(1);
    assertThat(calibration.brierScore()).isEqualTo(2);
    assertThat(calibration.logLoss()).isCloseTo(52 * Math.log(2), within(1e-13));
  }

  @Test
  void confidenceThatIsTrueHasNoCalibrationError() {
    List<Prediction> tenth = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      tenth.add(prediction(n < 8 ? "a" : "b", 0.8, 0.2));
    }
    assertThat(Calibration.of(Predictions.of(tenth)).expectedCalibrationError())
        .isCloseTo(0, within(1e-15));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void everyPredictionLiesInOneBinAtItsConfidence(long seed) {
    Predictions predictions = RandomPredictions.of(seed, 4, 25);
    Calibration calibration = Calibration.of(predictions);
    assertThat(calibration.bins()).hasSize(Calibration.BINS);
    assertThat(calibration.bins().stream().mapToInt(ReliabilityBin::count).sum()).isEqualTo(100);
    for (ReliabilityBin bin : calibration.bins()) {
      bin.meanConfidence()
          .ifPresent(mean -> assertThat(mean).isBetween(bin.from() - 1e-12, bin.to() + 1e-12));
      assertThat(bin.accuracy().isPresent()).isEqualTo(bin.count() > 0);
    }
  }

  private static Prediction prediction(String actual, double... values) {
    ClassProbabilities probabilities = ClassProbabilities.of(List.of("a", "b"), values);
    return new Prediction("clip", "speaker", "fold", actual, probabilities);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void partsPooledAreTheWhole(long seed) {
    Predictions all = RandomPredictions.of(seed, 5, 7);
    Calibration whole = Calibration.of(all);
    Calibration pooled =
        Calibration.pooled(all.bySpeaker().values().stream().map(Calibration::of).toList());
    // Means of means: the last digits are rounded otherwise.
    Offset<Double> rounding = within(1e-13);
    assertThat(pooled.expectedCalibrationError())
        .isCloseTo(whole.expectedCalibrationError(), rounding);
    assertThat(pooled.brierScore()).isCloseTo(whole.brierScore(), rounding);
    assertThat(pooled.logLoss()).isCloseTo(whole.logLoss(), rounding);
    assertThat(pooled.bins().stream().map(ReliabilityBin::count))
        .isEqualTo(whole.bins().stream().map(ReliabilityBin::count).toList());
  }
}
