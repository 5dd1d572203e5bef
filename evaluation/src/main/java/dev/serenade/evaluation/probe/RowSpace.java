package dev.serenade.evaluation.probe;

/**
 * Examples u_n of more features than there are examples, in as many coordinates as examples.
 *
 * <p>Weights that a penalty on their squares keeps small are a combination of examples, w = sum_n
 * a_n u_n. With L the Cholesky factor of the examples' inner products:
 *
 * <pre>{@code
 * L L^T = U U^T            U (N, D) the examples, L (N, N) lower triangular
 * w     = U^T a,  v = L^T a
 * w . u_n = v . l_n        l_n row n of L, the coordinates of example n
 * |w|     = |v|
 * }</pre>
 *
 * <p>So a search for v with l_n in place of u_n is the same search, and shorter. Examples that
 * depend on one another would make L singular: {@value #JITTER} of the mean square is added to
 * their own inner products, far less than the penalty.
 */
final class RowSpace {

  private final double[][] examples;
  private final double[][] coordinates;

  RowSpace(double[][] examples, double[][] coordinates) {
    this.examples = examples;
    this.coordinates = coordinates;
  }

  double[][] coordinates() {
    return coordinates;
  }

  private static final double JITTER = 1e-9;

  static RowSpace of(double[][] examples) {
    int count = examples.length;
    double[][] lower = new double[count][count];
    double trace = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        lower[i][j] = dot(examples[i], examples[j], examples[i].length);
      }
      trace += lower[i][i];
    }
    double jitter = Math.max(JITTER * trace / count, Double.MIN_NORMAL);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = lower[i][j] - dot(lower[i], lower[j], j);
        lower[i][j] = i == j ? Math.sqrt(Math.max(rest, 0) + jitter) : rest / lower[j][j];
      }
    }
    return new RowSpace(examples, lower);
  }

  /** Returns w for v, shape (D). */
  double[] weights(double[] v) {
    double[] a = v.clone();
    for (int i = a.length - 1; i >= 0; i--) {
      a[i] /= coordinates[i][i];
      for (int j = 0; j < i; j++) {
        a[j] -= a[i] * coordinates[i][j];
      }
    }
    double[] weights = new double[examples[0].length];
    for (int n = 0; n < a.length; n++) {
      for (int d = 0; d < weights.length; d++) {
        weights[d] += a[n] * examples[n][d];
      }
    }
    return weights;
  }

  private static double dot(double[] x, double[] y, int length) {
    // Four sums at a time: one would wait for its last addition each time.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      a += x[i] * y[i];
      b += x[i + 1] * y[i + 1];
      c += x[i + 2] * y[i + 2];
      d += x[i + 3] * y[i + 3];
    }
    for (; i < length; i++) {
      a += x[i] * y[i];
    }
    return (a + b) + (c + d);
  }
}
