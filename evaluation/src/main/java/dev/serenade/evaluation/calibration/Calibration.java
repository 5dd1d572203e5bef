package dev.serenade.evaluation.calibration;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far probabilities are from the truth. With N predictions, p_nk the probability of class k,
 * y_n the label, c_n = max_k p_nk the confidence:
 *
 * <pre>{@code
 * expectedCalibrationError = sum_b (N_b / N) |accuracy_b - mean confidence_b|    in [0, 1]
 * brierScore               = 1/N sum_n sum_k (p_nk - [k = y_n])^2               in [0, 2]
 * logLoss                  = -1/N sum_n ln p_n,y_n                              in nats
 * }</pre>
 *
 * <p>The error (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, arXiv
 * 1706.04599) uses {@value #BINS} bins of equal width; a confidence on an edge lies in the upper
 * bin. The Brier score is Brier's own, summed over classes, so twice scikit-learn's for two
 * classes. In the log-loss a probability below 2^-52 counts as 2^-52, as in scikit-learn, so that
 * it stays finite.
 *
 * @param bins the reliability diagram, {@value #BINS} bins from confidence 0 to 1
 */
public record Calibration(
    double expectedCalibrationError, double brierScore, double logLoss, List<ReliabilityBin> bins) {

  /** The usual number of bins, from Guo et al. */
  public static final int BINS = 15;

  private static final double LEAST_PROBABILITY = Math.ulp(1.0);

  public Calibration {
    bins = List.copyOf(bins);
  }

  /** Measures these predictions, all together. */
  public static Calibration of(Predictions predictions) {
    List<ReliabilityBin> bins = bins(predictions);
    double brier = 0;
    double loss = 0;
    for (Prediction prediction : predictions.asList()) {
      int actual = prediction.actualIndex();
      for (int k = 0; k < predictions.classes().size(); k++) {
        double difference = prediction.probabilities().get(k) - (k == actual ? 1 : 0);
        brier += difference * difference;
      }
      loss -= Math.log(Math.max(prediction.probabilities().get(actual), LEAST_PROBABILITY));
    }
    return of(bins, brier, loss);
  }

  /**
   * Returns that of the predictions of several calibrations together, but for the rounding of its
   * last digits.
   *
   * @param parts at least one
   */
  public static Calibration pooled(List<Calibration> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("expected the calibration of predictions, found none");
    }
    int[] counts = new int[BINS];
    double[] correct = new double[BINS];
    double[] confidence = new double[BINS];
    double brier = 0;
    double loss = 0;
    for (Calibration part : parts) {
      for (int b = 0; b < BINS; b++) {
        ReliabilityBin bin = part.bins().get(b);
        counts[b] += bin.count();
        correct[b] += bin.count() * bin.accuracy().orElse(0);
        confidence[b] += bin.count() * bin.meanConfidence().orElse(0);
      }
      brier += part.size() * part.brierScore();
      loss += part.size() * part.logLoss();
    }
    return of(bins(counts, correct, confidence), brier, loss);
  }

  private static Calibration of(List<ReliabilityBin> bins, double brier, double loss) {
    int n = bins.stream().mapToInt(ReliabilityBin::count).sum();
    double error = bins.stream().mapToDouble(bin -> bin.count() * bin.gap()).sum();
    return new Calibration(error / n, brier / n, loss / n, bins);
  }

  /** Returns how many predictions were measured. */
  int size() {
    return bins.stream().mapToInt(ReliabilityBin::count).sum();
  }

  private static List<ReliabilityBin> bins(Predictions predictions) {
    int[] counts = new int[BINS];
    double[] correct = new double[BINS];
    double[] confidence = new double[BINS];
    for (Prediction prediction : predictions.asList()) {
      double c = prediction.probabilities().confidence();
      int bin = Math.min((int) (c * BINS), BINS - 1);
      counts[bin]++;
      correct[bin] += prediction.correct() ? 1 : 0;
      confidence[bin] += c;
    }
    return bins(counts, correct, confidence);
  }

  private static List<ReliabilityBin> bins(int[] counts, double[] correct, double[] confidence) {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      int n = counts[b];
      bins.add(
          new ReliabilityBin(
              (double) b / BINS,
              (double) (b + 1) / BINS,
              n,
              n == 0 ? OptionalDouble.empty() : OptionalDouble.of(confidence[b] / n),
              n == 0 ? OptionalDouble.empty() : OptionalDouble.of(correct[b] / n)));
    }
    return bins;
  }
}
