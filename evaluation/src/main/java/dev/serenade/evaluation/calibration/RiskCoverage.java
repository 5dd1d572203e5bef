package dev.serenade.evaluation.calibration;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What abstaining buys: the error that is left when only the surest predictions are kept.
 *
 * <p>Of N predictions, sorted by confidence, the surest first, the first k have coverage k / N and
 * risk (errors among them) / k. Predictions of equal confidence cannot be told apart, so their
 * errors are spread evenly over them. The area under the curve is the mean risk over k = 1..N; the
 * less, the better errors are told from hits, with the error rate as what guessing reaches.
 *
 * <p>Geifman and El-Yaniv, "Selective Classification for Deep Neural Networks", NeurIPS 2017, arXiv
 * 1705.08500.
 *
 * @param risks the risk at coverage 1 / N, 2 / N, .. 1
 * @param confidences the least confidence kept at each coverage
 */
public record RiskCoverage(List<Double> risks, List<Double> confidences) {

  public RiskCoverage {
    risks = List.copyOf(risks);
    confidences = List.copyOf(confidences);
  }

  /** Measures these predictions. */
  public static RiskCoverage of(Predictions predictions) {
    List<Prediction> sorted =
        predictions.asList().stream()
            .sorted(Comparator.comparingDouble((Prediction p) -> -p.probabilities().confidence()))
            .toList();
    List<Double> risks = new ArrayList<>();
    List<Double> confidences = new ArrayList<>();
    int errorsBefore = 0;
    for (int from = 0; from < sorted.size(); ) {
      double confidence = sorted.get(from).probabilities().confidence();
      int to = from;
      int errors = 0;
      while (to < sorted.size() && sorted.get(to).probabilities().confidence() == confidence) {
        errors += sorted.get(to++).correct() ? 0 : 1;
      }
      for (int k = from + 1; k <= to; k++) {
        risks.add((errorsBefore + (double) errors * (k - from) / (to - from)) / k);
        confidences.add(confidence);
      }
      errorsBefore += errors;
      from = to;
    }
    return new RiskCoverage(risks, confidences);
  }

  /** Returns the area under the curve, AURC, in [0, 1]. */
  public double area() {
    return risks.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /**
   * Returns by how much the area exceeds that of a confidence that tells every error from every
   * hit, E-AURC, in [0, 1]: what better confidence could gain at the same accuracy. With E errors
   * among N, that one's risk at k is max(0, k - (N - E)) / k.
   *
   * <p>Geifman, Uziel and El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep Neural
   * Classifiers", ICLR 2019, arXiv 1805.08206.
   */
  public double excessArea() {
    int n = risks.size();
    long hits = n - Math.round(risks.get(n - 1) * n);
    double least = 0;
    for (int k = 1; k <= n; k++) {
      least += (double) Math.max(0, k - hits) / k;
    }
    return area() - least / n;
  }

  /**
   * Returns the confidence below which to abstain so that, on these predictions, at most this share
   * of the others is wrong, and as few as possible are lost; empty if even the surest are wrong too
   * often.
   */
  public OptionalDouble abstainBelow(double targetRisk) {
    for (int k = risks.size() - 1; k >= 0; k--) {
      boolean lastOfEquals = k == risks.size() - 1 || confidences.get(k + 1) < confidences.get(k);
      if (lastOfEquals && risks.get(k) <= targetRisk) {
        return OptionalDouble.of(confidences.get(k));
      }
    }
    return OptionalDouble.empty();
  }
}
