package dev.serenade.audit;

import dev.serenade.evaluation.probe.SoftmaxRegression;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Predicts the class from a few numbers by multinomial logistic regression on a small basis, so
 * that a class in the middle or at both ends is found too.
 *
 * <pre>{@code
 * basis(x) = x, x^2, max(0, x - q_10), max(0, x - q_30), ..., max(0, x - q_90)     q: percentiles
 *            of the training clips
 * p_k      = softmax_k(basis) / n_k, normalised                                    n_k: training clips
 *            of class k
 * }</pre>
 *
 * <p>Division by n_k makes the most frequent class no likelier than others: the recall is averaged
 * over classes.
 */
final class NumericPredictor implements CuePredictor {

  private static final double[] KNOTS = {0.1, 0.3, 0.5, 0.7, 0.9};
  private static final int BASIS = 2 + KNOTS.length;
  private static final double C = 1;

  private final List<ToDoubleFunction<ClipMeasure>> values;
  private final double[][] knots;
  private final double[] counts;
  private final SoftmaxRegression regression;

  private NumericPredictor(
      List<ToDoubleFunction<ClipMeasure>> values,
      double[][] knots,
      double[] counts,
      SoftmaxRegression regression) {
    this.values = values;
    this.knots = knots;
    this.counts = counts;
    this.regression = regression;
  }

  /** Fits a predictor; labels count from 0. */
  static NumericPredictor fit(
      List<ToDoubleFunction<ClipMeasure>> values,
      List<ClipMeasure> clips,
      int[] labels,
      int classes) {
    double[][] knots = new double[values.size()][KNOTS.length];
    for (int v = 0; v < knots.length; v++) {
      double[] sorted = clips.stream().mapToDouble(values.get(v)).sorted().toArray();
      for (int k = 0; k < KNOTS.length; k++) {
        knots[v][k] = sorted[(int) (KNOTS[k] * (sorted.length - 1))];
      }
    }
    double[] counts = new double[classes];
    Arrays.stream(labels).forEach(label -> counts[label]++);
    double[][] features =
        clips.stream().map(clip -> basis(values, knots, clip)).toArray(double[][]::new);
    return new NumericPredictor(
        values, knots, counts, SoftmaxRegression.fit(features, labels, classes, C));
  }

  private static double[] basis(
      List<ToDoubleFunction<ClipMeasure>> values, double[][] knots, ClipMeasure clip) {
    double[] basis = new double[values.size() * BASIS];
    for (int v = 0; v < values.size(); v++) {
      double x = values.get(v).applyAsDouble(clip);
      int at = v * BASIS;
      basis[at] = x;
      basis[at + 1] = x * x;
      for (int k = 0; k < KNOTS.length; k++) {
        basis[at + 2 + k] = Math.max(0, x - knots[v][k]);
      }
    }
    return basis;
  }

  @Override
  public double[] probabilities(ClipMeasure clip) {
    double[] probabilities = regression.probabilities(basis(values, knots, clip));
    double sum = 0;
    for (int k = 0; k < probabilities.length; k++) {
      // A class without a training clip has nothing to be recognised by.
      probabilities[k] = counts[k] == 0 ? 0 : probabilities[k] / counts[k];
      sum += probabilities[k];
    }
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] /= sum;
    }
    return probabilities;
  }
}
