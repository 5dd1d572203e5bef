package dev.serenade.evaluation.calibration;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Calibration errors that see what bins of equal width over the confidence do not. */
public final class CalibrationErrors {

  private CalibrationErrors() {}

  /**
   * Returns the error over {@value Calibration#BINS} bins of the confidence that hold about equally
   * many predictions, so that none is judged by a handful:
   *
   * <pre>{@code
   * sum_b (N_b / N) |accuracy_b - mean confidence_b|    in [0, 1]
   * }</pre>
   *
   * <p>Bin b of B, from 0, holds predictions floor(b N / B) to floor((b + 1) N / B) - 1 in order of
   * confidence. Nguyen and O'Connor, "Posterior calibration and exploratory analysis for natural
   * language processing models", EMNLP 2015, arXiv 1508.05154.
   */
  public static double adaptive(Predictions predictions) {
    List<Prediction> sorted = new ArrayList<>(predictions.asList());
    sorted.sort(Comparator.comparingDouble(p -> p.probabilities().confidence()));
    double error = 0;
    for (int b = 0; b < Calibration.BINS; b++) {
      int from = (int) ((long) b * sorted.size() / Calibration.BINS);
      int to = (int) ((b + 1L) * sorted.size() / Calibration.BINS);
      double difference = 0;
      for (Prediction prediction : sorted.subList(from, to)) {
        difference += (prediction.correct() ? 1 : 0) - prediction.probabilities().confidence();
      }
      error += Math.abs(difference);
    }
    return error / sorted.size();
  }

  /**
   * Returns the mean over classes of the error of that class's probability, whichever class wins,
   * over {@value Calibration#BINS} bins of equal width:
   *
   * <pre>{@code
   * 1/K sum_k sum_b (N_kb / N) |share of class k_b - mean p_k_b|    in [0, 1]
   * }</pre>
   *
   * <p>Kull et al., "Beyond temperature scaling", NeurIPS 2019, arXiv 1910.12656.
   */
  public static double classwise(Predictions predictions) {
    int classes = predictions.classes().size();
    double error = 0;
    for (int k = 0; k < classes; k++) {
      double[] differences = new double[Calibration.BINS];
      for (Prediction prediction : predictions.asList()) {
        double p = prediction.probabilities().get(k);
        int bin = Math.min((int) (p * Calibration.BINS), Calibration.BINS - 1);
        differences[bin] += (prediction.actualIndex() == k ? 1 : 0) - p;
      }
      for (double difference : differences) {
        error += Math.abs(difference);
      }
    }
    return error / classes / predictions.size();
  }
}
