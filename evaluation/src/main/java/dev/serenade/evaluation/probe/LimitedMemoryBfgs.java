package dev.serenade.evaluation.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth convex function: L-BFGS with {@value #MEMORY} pairs and a backtracking line
 * search.
 *
 * <p>Nocedal and Wright, "Numerical Optimization", 2006, algorithms 3.1, 7.4 and 7.5.
 */
final class LimitedMemoryBfgs {

  /** A function and its gradient. */
  interface Function {

    /** Returns the value at a point, and fills in the gradient there. */
    double evaluate(double[] point, double[] gradient);
  }

  private static final int MEMORY = 10;
  private static final int MOST_ITERATIONS = 1000;
  private static final int MOST_HALVINGS = 50;

  /** Which part of the decrease that the slope promises is enough (Armijo). */
  private static final double SUFFICIENT_DECREASE = 1e-4;

  private static final class Pair {

    private final double[] step;
    private final double[] change;
    private final double product;

    Pair(double[] step, double[] change, double product) {
      this.step = step;
      this.change = change;
      this.product = product;
    }

    double[] step() {
      return step;
    }

    double[] change() {
      return change;
    }

    double product() {
      return product;
    }
  }

  private final Function function;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  LimitedMemoryBfgs(Function function) {
    this.function = function;
  }

  /**
   * Searches.
   *
   * @param start where to begin; is not changed
   * @param tolerance ends when no element of the gradient is greater, in absolute value; or when
   *     rounding leaves nothing to gain
   */
  double[] minimise(double[] start, double tolerance) {
    double[] point = start.clone();
    double[] gradient = new double[point.length];
    double value = function.evaluate(point, gradient);
    for (int i = 0; i < MOST_ITERATIONS && greatest(gradient) > tolerance; i++) {
      double[] direction = direction(gradient);
      double slope = dot(direction, gradient);
      double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
      double[] next = new double[point.length];
      double[] nextGradient = new double[point.length];
      double nextValue = Double.POSITIVE_INFINITY;
      int halvings = 0;
      while (halvings < MOST_HALVINGS) {
        for (int d = 0; d < next.length; d++) {
          next[d] = point[d] + length * direction[d];
        }
        nextValue = function.evaluate(next, nextGradient);
        if (nextValue <= value + SUFFICIENT_DECREASE * length * slope) {
          break;
        }
        length /= 2;
        halvings++;
      }
      if (halvings == MOST_HALVINGS) {
        return point;
      }
      remember(point, next, gradient, nextGradient);
      point = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return point;
  }

  private void remember(double[] point, double[] next, double[] gradient, double[] nextGradient) {
    double[] step = difference(next, point);
    double[] change = difference(nextGradient, gradient);
    double product = dot(step, change);
    if (product > 0) {
      pairs.addFirst(new Pair(step, change, product));
      if (pairs.size() > MEMORY) {
        pairs.removeLast();
      }
    }
  }

  /** Returns -H g, where H approximates the inverse of the Hessian from what was seen lately. */
  private double[] direction(double[] gradient) {
    double[] direction = gradient.clone();
    double[] shares = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      shares[i] = dot(pair.step(), direction) / pair.product();
      add(direction, pair.change(), -shares[i]);
      i++;
    }
    double scale = -1;
    if (!pairs.isEmpty()) {
      Pair last = pairs.getFirst();
      scale = -last.product() / dot(last.change(), last.change());
    }
    for (int d = 0; d < direction.length; d++) {
      direction[d] *= scale;
    }
    Iterator<Pair> oldestFirst = pairs.descendingIterator();
    while (oldestFirst.hasNext()) {
      Pair pair = oldestFirst.next();
      i--;
      // The direction is negative already, so the signs of the textbook are turned.
      add(direction, pair.step(), -shares[i] - dot(pair.change(), direction) / pair.product());
    }
    return direction;
  }

  private static double greatest(double[] values) {
    double greatest = 0;
    for (double value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static void add(double[] sums, double[] values, double factor) {
    for (int d = 0; d < sums.length; d++) {
      sums[d] += factor * values[d];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int d = 0; d < a.length; d++) {
      difference[d] = a[d] - b[d];
    }
    return difference;
  }
}
