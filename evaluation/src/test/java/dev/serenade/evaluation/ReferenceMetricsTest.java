package dev.serenade.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.CalibrationErrors;
import dev.serenade.evaluation.calibration.RiskCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds every metric against scikit-learn's, on the 200 predictions of {@code metrics.json}. */
class ReferenceMetricsTest {

  /** The same sums in another order: a few units in the last place of a number near 1. */
  private static final double ROUNDING = 1e-15;

  /**
   * The file prints probabilities to 9 digits, but its metrics were computed before that. A printed
   * value is off by at most 5e-10, which moves the mean confidence by as much.
   */
  private static final double PRINTED = 5e-10;

  /** The log-loss moves by 5e-10 / p; the least p of a label in the file is about 0.3. */
  private static final double PRINTED_LOG = 2e-9;

  private JsonObject reference;
  private Predictions predictions;

  @BeforeEach
  void read() throws IOException {
    Path file = Path.of(System.getProperty("serenade.shared", "."), "reference", "metrics.json");
    assumeTrue(Files.exists(file), "no reference values at " + file);
    reference = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    List<String> classes = List.of("0", "1", "2", "3");
    JsonArray labels = reference.getAsJsonArray("labels");
    List<Prediction> all = new ArrayList<>();
    for (int n = 0; n < labels.size(); n++) {
      double[] values = numbers(reference.getAsJsonArray("probabilities").get(n).getAsJsonArray());
      all.add(
          new Prediction(
              "clip" + n,
              "s",
              "all",
              labels.get(n).getAsString(),
              ClassProbabilities.of(classes, values)));
    }
    predictions = Predictions.of(all);
  }

  @Test
  void averagesAreThoseOfScikitLearn() {
    assertThat(Metric.WEIGHTED_ACCURACY.of(predictions))
        .isCloseTo(number("weighted_accuracy"), within(ROUNDING));
    assertThat(Metric.UNWEIGHTED_AVERAGE_RECALL.of(predictions))
        .isCloseTo(number("unweighted_average_recall"), within(ROUNDING));
    assertThat(Metric.MACRO_F1.of(predictions)).isCloseTo(number("macro_f1"), within(ROUNDING));
    assertThat(Metric.WEIGHTED_F1.of(predictions))
        .isCloseTo(number("weighted_f1"), within(ROUNDING));
  }

  @Test
  void classesAreThoseOfScikitLearn() {
    ConfusionMatrix confusion = ConfusionMatrix.of(predictions);
    double[] recall = numbers(reference.getAsJsonArray("per_class_recall"));
    double[] precision = numbers(reference.getAsJsonArray("per_class_precision"));
    JsonArray counts = reference.getAsJsonArray("confusion_rows_true");
    for (int i = 0; i < recall.length; i++) {
      assertThat(confusion.recall(i).orElseThrow()).isCloseTo(recall[i], within(ROUNDING));
      assertThat(confusion.precision(i).orElseThrow()).isCloseTo(precision[i], within(ROUNDING));
      for (int j = 0; j < recall.length; j++) {
        assertThat(confusion.count(i, j))
            .isEqualTo(counts.get(i).getAsJsonArray().get(j).getAsLong());
      }
    }
  }

  @Test
  void calibrationIsThatOfThePythonReference() {
    Calibration calibration = Calibration.of(predictions);
    assertThat(calibration.expectedCalibrationError())
        .isCloseTo(number("expected_calibration_error_15_equal_bins"), within(PRINTED));
    assertThat(calibration.brierScore())
        .isCloseTo(number("brier_sum_over_classes"), within(PRINTED));
    assertThat(calibration.logLoss()).isCloseTo(number("log_loss"), within(PRINTED_LOG));
  }

  /** The file has none of these; from its printed probabilities numpy 2 gives, by the formulas: */
  @Test
  void otherMeasuresOfConfidenceAreThoseOfNumpy() {
    assertThat(CalibrationErrors.adaptive(predictions)).isCloseTo(0.36107719788, within(1e-12));
    assertThat(CalibrationErrors.classwise(predictions)).isCloseTo(0.18542679581875, within(1e-12));
    RiskCoverage curve = RiskCoverage.of(predictions);
    assertThat(curve.area()).isCloseTo(0.05525677687690303, within(1e-12));
    assertThat(curve.excessArea()).isCloseTo(0.049278486870724565, within(1e-12));
  }

  private double number(String name) {
    return reference.get(name).getAsDouble();
  }

  private static double[] numbers(JsonArray array) {
    return array.asList().stream().mapToDouble(value -> value.getAsDouble()).toArray();
  }
}
