package dev.serenade.evaluation.probe;

import dev.serenade.evaluation.calibration.LogitScaling;
import dev.serenade.evaluation.calibration.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Multinomial logistic regression on standardised features, with an L2 penalty.
 *
 * <p>For features x_n, shape (D), labels y_n of K classes, and m, s their mean and deviation over
 * the examples:
 *
 * <pre>{@code
 * u_n  = (x_n - m) / s
 * p_n  = softmax(W u_n + b)                               W (K, D), b (K)
 * W, b = argmin  1/2 sum_kd W_kd^2 - C sum_n log p_n,y_n
 * }</pre>
 *
 * <p>The objective and C are scikit-learn's ({@code LogisticRegression}); b is not penalised. It is
 * convex, so there is one minimum, found by L-BFGS to where no element of the gradient exceeds
 * {@value #GRADIENT_TOLERANCE} C N. A feature that does not vary is left out, as is a label that
 * does not occur from what can be learned: its probability becomes small.
 *
 * <p>Nocedal and Wright, "Numerical Optimization", 2006, algorithms 7.4 and 7.5. Immutable and safe
 * for use by many threads.
 */
public final class SoftmaxRegression {

  /** Relative to C N, so that it does not depend on how many examples there are. */
  static final double GRADIENT_TOLERANCE = 1e-6;

  /** What rounding leaves of a deviation of zero, relative to the mean. */
  private static final double NO_VARIATION = 1e-9;

  private final int features;
  private final int classes;

  /** In terms of x, not u: row k holds the weights of class k and then its bias. */
  private final double[][] rows;

  private SoftmaxRegression(int features, int classes, double[][] rows) {
    this.features = features;
    this.classes = classes;
    this.rows = rows;
  }

  /**
   * Fits weights to examples.
   *
   * @param features x, a row for each example, all equally long and finite
   * @param labels y, from 0 to classes - 1, one for each example
   * @param classes K, at least 2
   * @param c C, above 0; the smaller, the smaller the weights
   */
  public static SoftmaxRegression fit(double[][] features, int[] labels, int classes, double c) {
    return fit(features, labels, classes, List.of(c)).get(0);
  }

  /**
   * Fits weights for several C, which takes less time than one by one: each search starts where the
   * one before ended.
   *
   * @param features x, a row for each example, all equally long and finite
   * @param labels y, from 0 to classes - 1, one for each example
   * @param classes K, at least 2
   * @param cs each C, above 0; best in ascending order
   * @return as many as there are C
   */
  public static List<SoftmaxRegression> fit(
      double[][] features, int[] labels, int classes, List<Double> cs) {
    check(features, labels, classes, cs);
    Standardised standardised = Standardised.of(features);
    boolean wide = features[0].length > features.length;
    return wide
        ? fitWide(standardised, labels, classes, cs)
        : searches(standardised.rows(), labels, classes, cs).stream()
            .map(solution -> of(standardised, solution))
            .toList();
  }

  /** Searches among combinations of examples, in which the solution lies, and which are fewer. */
  private static List<SoftmaxRegression> fitWide(
      Standardised standardised, int[] labels, int classes, List<Double> cs) {
    RowSpace space = RowSpace.of(standardised.rows());
    List<SoftmaxRegression> fitted = new ArrayList<>();
    for (Solution solution : searches(space.coordinates(), labels, classes, cs)) {
      double[][] weights = new double[classes][];
      Arrays.setAll(weights, k -> space.weights(solution.weights()[k]));
      fitted.add(of(standardised, new Solution(weights, solution.biases())));
    }
    return fitted;
  }

  /** W and b. */
  private static final class Solution {

    private final double[][] weights;
    private final double[] biases;

    Solution(double[][] weights, double[] biases) {
      this.weights = weights;
      this.biases = biases;
    }

    double[][] weights() {
      return weights;
    }

    double[] biases() {
      return biases;
    }
  }

  private static List<Solution> searches(
      double[][] rows, int[] labels, int classes, List<Double> cs) {
    int width = rows[0].length;
    double[][] columns = transposed(rows);
    double[] point = new double[classes * (width + 1)];
    List<Solution> solutions = new ArrayList<>();
    for (double c : cs) {
      point =
          new LimitedMemoryBfgs(new Objective(rows, columns, labels, classes, c))
              .minimise(point, GRADIENT_TOLERANCE * c * rows.length);
      double[] found = point;
      double[][] weights = new double[classes][];
      Arrays.setAll(weights, k -> Arrays.copyOfRange(found, k * width, (k + 1) * width));
      solutions.add(
          new Solution(weights, Arrays.copyOfRange(found, classes * width, found.length)));
    }
    return solutions;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int n = 0; n < rows.length; n++) {
      for (int d = 0; d < columns.length; d++) {
        columns[d][n] = rows[n][d];
      }
    }
    return columns;
  }

  /** Turns weights of u into weights of x. */
  private static SoftmaxRegression of(Standardised standardised, Solution solution) {
    int classes = solution.biases().length;
    int width = standardised.mean().length;
    double[][] rows = new double[classes][width + 1];
    for (int k = 0; k < classes; k++) {
      rows[k][width] = solution.biases()[k];
      for (int d = 0; d < width; d++) {
        rows[k][d] = solution.weights()[k][d] / standardised.deviation()[d];
        rows[k][width] -= rows[k][d] * standardised.mean()[d];
      }
    }
    return new SoftmaxRegression(width, classes, rows);
  }

  private static void check(double[][] features, int[] labels, int classes, List<Double> cs) {
    if (features.length == 0 || features.length != labels.length) {
      throw new IllegalArgumentException(
          "expected as many labels as examples, and at least one, found %d and %d"
              .formatted(labels.length, features.length));
    }
    if (classes < 2 || !cs.stream().allMatch(c -> c > 0 && c < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "expected at least 2 classes and a finite C above 0, found %d and %s"
              .formatted(classes, cs));
    }
    for (int n = 0; n < features.length; n++) {
      if (features[n].length != features[0].length
          || !Arrays.stream(features[n]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "example %d: expected %d finite features, as in the first, found %s"
                .formatted(n, features[0].length, Arrays.toString(features[n])));
      }
      if (labels[n] < 0 || labels[n] >= classes) {
        throw new IllegalArgumentException(
            "example %d: expected a label from 0 to %d, found %d"
                .formatted(n, classes - 1, labels[n]));
      }
    }
  }

  /** Returns the weight of a feature, as it was passed in, for a class. */
  public double weight(int label, int feature) {
    return rows[label][feature];
  }

  /** Returns what is added for a class. */
  public double bias(int label) {
    return rows[label][features];
  }

  /** Returns the logits of one example, shape (K). */
  public double[] logits(double[] example) {
    if (example.length != features) {
      throw new IllegalArgumentException(
          "expected %d features, found %d".formatted(features, example.length));
    }
    double[] logits = new double[classes];
    for (int k = 0; k < classes; k++) {
      double sum = rows[k][features];
      for (int d = 0; d < features; d++) {
        sum += rows[k][d] * example[d];
      }
      logits[k] = sum;
    }
    return logits;
  }

  /** Returns one probability for each class, summing to 1. */
  public double[] probabilities(double[] example) {
    return LogitScaling.NONE.apply(Logits.of(logits(example)));
  }

  /** u, a row for each example, with m and s. */
  private static final class Standardised {

    private final double[][] rows;
    private final double[] mean;
    private final double[] deviation;

    Standardised(double[][] rows, double[] mean, double[] deviation) {
      this.rows = rows;
      this.mean = mean;
      this.deviation = deviation;
    }

    double[][] rows() {
      return rows;
    }

    double[] mean() {
      return mean;
    }

    double[] deviation() {
      return deviation;
    }

    static Standardised of(double[][] features) {
      int examples = features.length;
      int width = features[0].length;
      double[][] rows = new double[examples][width];
      double[] mean = new double[width];
      double[] deviation = new double[width];
      for (int d = 0; d < width; d++) {
        double sum = 0;
        for (int n = 0; n < examples; n++) {
          sum += features[n][d];
        }
        mean[d] = sum / examples;
        double squares = 0;
        for (int n = 0; n < examples; n++) {
          double difference = features[n][d] - mean[d];
          squares += difference * difference;
        }
        double spread = Math.sqrt(squares / examples);
        boolean varies = spread > NO_VARIATION * Math.abs(mean[d]);
        deviation[d] = varies ? spread : 1;
        for (int n = 0; n < examples; n++) {
          rows[n][d] = varies ? (features[n][d] - mean[d]) / spread : 0;
        }
      }
      return new Standardised(rows, mean, deviation);
    }
  }

  /**
   * The penalised loss of W, row by row, and then b. Examples come one by one and also feature by
   * feature, so that the inner loops of both products add multiples of long rows.
   */
  private static final class Objective implements LimitedMemoryBfgs.Function {

    private final double[][] rows;
    private final double[][] columns;
    private final int[] labels;
    private final int classes;
    private final double c;

    Objective(double[][] rows, double[][] columns, int[] labels, int classes, double c) {
      this.rows = rows;
      this.columns = columns;
      this.labels = labels;
      this.classes = classes;
      this.c = c;
    }

    @Override
    public double evaluate(double[] point, double[] gradient) {
      int width = columns.length;
      double[][] residuals = new double[classes][labels.length];
      double penalty = 0;
      for (int k = 0; k < classes; k++) {
        Arrays.fill(residuals[k], point[classes * width + k]);
        for (int d = 0; d < width; d++) {
          double weight = point[k * width + d];
          penalty += weight * weight / 2;
          add(residuals[k], weight, columns[d]);
        }
      }
      double loss = c * toResiduals(residuals);
      double[] row = new double[width];
      for (int k = 0; k < classes; k++) {
        System.arraycopy(point, k * width, row, 0, width);
        double sum = 0;
        for (int n = 0; n < labels.length; n++) {
          add(row, c * residuals[k][n], rows[n]);
          sum += residuals[k][n];
        }
        System.arraycopy(row, 0, gradient, k * width, width);
        gradient[classes * width + k] = c * sum;
      }
      return penalty + loss;
    }

    private static void add(double[] sums, double factor, double[] values) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += factor * values[i];
      }
    }

    /** Turns logits, shape (K, N), into p - onehot(y), and returns the sum of -log p_n,y_n. */
    private double toResiduals(double[][] logits) {
      double loss = 0;
      for (int n = 0; n < labels.length; n++) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
          greatest = Math.max(greatest, logits[k][n]);
        }
        double own = logits[labels[n]][n];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          logits[k][n] = Math.exp(logits[k][n] - greatest);
          sum += logits[k][n];
        }
        for (int k = 0; k < classes; k++) {
          logits[k][n] /= sum;
        }
        logits[labels[n]][n] -= 1;
        loss += Math.log(sum) + greatest - own;
      }
      return loss;
    }
  }
}
