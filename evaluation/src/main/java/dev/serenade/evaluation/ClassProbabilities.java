package dev.serenade.evaluation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * One probability per class, in the order of the classes.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ClassProbabilities {

  /**
   * How far from 1 the sum may lie: room for float32 softmax and for values printed to 4 digits.
   */
  private static final double SUM_TOLERANCE = 1e-3;

  private final List<String> classes;
  private final double[] values;

  private ClassProbabilities(List<String> classes, double[] values) {
    this.classes = classes;
    this.values = values;
  }

  /**
   * Returns probabilities that hold a copy of these values.
   *
   * @param classes names, at least one, all different
   * @param values one per class, in the same order; each in [0, 1], together 1
   * @throws IllegalArgumentException if there are not as many values as classes, or they are no
   *     distribution
   */
  public static ClassProbabilities of(List<String> classes, double... values) {
    List<String> names = List.copyOf(classes);
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "expected at least one class, each named once, found " + names);
    }
    if (values.length != names.size()) {
      throw new IllegalArgumentException(
          "expected one probability for each of the %d classes %s, found %d"
              .formatted(names.size(), names, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      // Written so that NaN fails too.
      if (!(values[i] >= 0 && values[i] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            "expected a probability in [0, 1] for class %s, found %s"
                .formatted(names.get(i), values[i]));
      }
    }
    double sum = Arrays.stream(values).sum();
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          "expected probabilities that sum to 1, found %s, which sum to %s"
              .formatted(Arrays.toString(values), sum));
    }
    return new ClassProbabilities(names, values.clone());
  }

  /** Returns the classes these probabilities are for, in order. */
  public List<String> classes() {
    return classes;
  }

  /** Returns the probability of the class at this position. */
  public double get(int index) {
    return values[index];
  }

  /** Returns the position of the most probable class; the first of several that are equal. */
  public int topIndex() {
    int top = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[top]) {
        top = i;
      }
    }
    return top;
  }

  /** Returns the most probable class; the first of several that are equal. */
  public String top() {
    return classes.get(topIndex());
  }

  /** Returns the probability of the most probable class. */
  public double confidence() {
    return values[topIndex()];
  }

  /** Returns a copy of the values, in the order of the classes. */
  public double[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassProbabilities that
        && classes.equals(that.classes)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "%s %s".formatted(classes, Arrays.toString(values));
  }
}
