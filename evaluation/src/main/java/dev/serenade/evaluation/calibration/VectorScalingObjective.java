package dev.serenade.evaluation.calibration;

/**
 * What {@link VectorScaling} makes small, over w_1 .. w_K, b_1 .. b_K in this order; its minimum is
 * where its slopes are 0.
 *
 * @param strength s; above 0, the second derivatives are positive definite; at 0, this is the
 *     log-loss
 */
record VectorScalingObjective(HeldOutLogits heldOut, double strength) {

  /** Returns J, in nats. */
  double value(VectorScaling at) {
    double sum = 0;
    for (int n = 0; n < heldOut.size(); n++) {
      double p = at.apply(heldOut.logits().get(n))[heldOut.labels().get(n)];
      sum -= Math.log(Math.max(p, Double.MIN_NORMAL));
    }
    double squares = 0;
    for (int i = 0; i < 2 * heldOut.classes(); i++) {
      squares += distance(at, i) * distance(at, i);
    }
    return (sum + strength / 2 * squares) / heldOut.size();
  }

  /** Returns the slopes of J, shape (2 K). */
  double[] gradient(VectorScaling at) {
    int classes = heldOut.classes();
    double[] gradient = new double[2 * classes];
    for (int n = 0; n < heldOut.size(); n++) {
      Logits z = heldOut.logits().get(n);
      double[] p = at.apply(z);
      for (int k = 0; k < classes; k++) {
        double error = p[k] - (heldOut.labels().get(n) == k ? 1 : 0);
        gradient[k] += error * z.get(k) / at.temperature();
        gradient[classes + k] += error;
      }
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (gradient[i] + strength * distance(at, i)) / heldOut.size();
    }
    return gradient;
  }

  /** Returns H^-1 g, against which J falls. */
  double[] newtonDirection(VectorScaling at, double[] gradient) {
    return solve(hessian(at), gradient);
  }

  /** Returns the slopes of the slopes, shape (2 K, 2 K), symmetric. */
  private double[][] hessian(VectorScaling at) {
    int classes = heldOut.classes();
    double[][] hessian = new double[2 * classes][2 * classes];
    for (Logits z : heldOut.logits()) {
      double[] p = at.apply(z);
      for (int i = 0; i < classes; i++) {
        for (int j = 0; j < classes; j++) {
          double curvature = p[i] * ((i == j ? 1 : 0) - p[j]) / heldOut.size();
          double y = z.get(i) / at.temperature();
          double other = z.get(j) / at.temperature();
          hessian[i][j] += curvature * y * other;
          hessian[i][classes + j] += curvature * y;
          hessian[classes + i][j] += curvature * other;
          hessian[classes + i][classes + j] += curvature;
        }
      }
    }
    for (int i = 0; i < hessian.length; i++) {
      hessian[i][i] += strength / heldOut.size();
    }
    return hessian;
  }

  /** How far w_i is from 1, or b_i from 0. */
  private static double distance(VectorScaling at, int i) {
    int classes = at.scales().size();
    return i < classes ? at.scales().get(i) - 1 : at.biases().get(i - classes);
  }

  /** Solves A x = y for a symmetric positive definite A, by Cholesky's decomposition. */
  private static double[] solve(double[][] a, double[] y) {
    int n = y.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
      }
    }
    double[] x = y.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= l[i][k] * x[k];
      }
      x[i] /= l[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= l[k][i] * x[k];
      }
      x[i] /= l[i][i];
    }
    return x;
  }
}
