package dev.serenade.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How often each class was taken for each: counts, one row per actual class, one column per
 * predicted class.
 *
 * <p>With n_ij the utterances of class i that were predicted as j:
 *
 * <pre>{@code
 * support_i   = sum_j n_ij
 * recall_i    = n_ii / support_i
 * precision_i = n_ii / sum_j n_ji
 * f1_i        = 2 n_ii / (support_i + sum_j n_ji)
 * }</pre>
 *
 * <p>Each of these is undefined, and empty here, where its denominator is 0: recall of a class that
 * does not occur, precision of a class that is never predicted, F1 of a class of which both hold.
 * scikit-learn gives 0 and a warning instead. F1 of a class that occurs but is never predicted is a
 * true 0.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ConfusionMatrix {

  private final List<String> classes;
  private final long[][] counts;

  private ConfusionMatrix(List<String> classes, long[][] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /** Counts these predictions. */
  public static ConfusionMatrix of(Predictions predictions) {
    int size = predictions.classes().size();
    long[][] counts = new long[size][size];
    for (Prediction prediction : predictions.asList()) {
      counts[prediction.actualIndex()][prediction.probabilities().topIndex()]++;
    }
    return new ConfusionMatrix(predictions.classes(), counts);
  }

  /**
   * Returns a matrix that holds a copy of these counts.
   *
   * @param counts shape (classes, classes), rows are the actual classes, none negative
   */
  public static ConfusionMatrix of(List<String> classes, long[][] counts) {
    if (classes.isEmpty() || counts.length != classes.size()) {
      throw new IllegalArgumentException(
          "expected one row for each of the classes %s, found %d"
              .formatted(classes, counts.length));
    }
    long[][] copy = new long[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      copy[i] = counts[i].clone();
      if (copy[i].length != classes.size() || Arrays.stream(copy[i]).anyMatch(n -> n < 0)) {
        throw new IllegalArgumentException(
            "row %s: expected %d counts, none negative, found %s"
                .formatted(classes.get(i), classes.size(), Arrays.toString(copy[i])));
      }
    }
    return new ConfusionMatrix(List.copyOf(classes), copy);
  }

  /** Returns the counts of several matrices over the same classes, at least one, added up. */
  public static ConfusionMatrix sum(List<ConfusionMatrix> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("expected at least one confusion matrix, found none");
    }
    List<String> classes = parts.get(0).classes;
    long[][] sum = new long[classes.size()][classes.size()];
    for (ConfusionMatrix part : parts) {
      if (!part.classes.equals(classes)) {
        throw new IllegalArgumentException(
            "expected matrices over classes %s, found one over %s"
                .formatted(classes, part.classes));
      }
      for (int i = 0; i < sum.length; i++) {
        for (int j = 0; j < sum.length; j++) {
          sum[i][j] += part.counts[i][j];
        }
      }
    }
    return new ConfusionMatrix(classes, sum);
  }

  /** Returns the classes, in the order of rows and columns. */
  public List<String> classes() {
    return classes;
  }

  /** Returns how many utterances of one class were predicted as another. */
  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** Returns how many utterances there are. */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** Returns how many utterances were predicted as what they are. */
  public long correct() {
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i][i];
    }
    return sum;
  }

  /** Returns how many utterances this class has. */
  public long support(int index) {
    return Arrays.stream(counts[index]).sum();
  }

  /** Returns how many utterances were predicted as this class. */
  public long predicted(int index) {
    return Arrays.stream(counts).mapToLong(row -> row[index]).sum();
  }

  /** Returns the share of this class's utterances that were recognised, empty if it has none. */
  public OptionalDouble recall(int index) {
    return ratio(counts[index][index], support(index));
  }

  /** Returns the share of predictions of this class that were right, empty if there are none. */
  public OptionalDouble precision(int index) {
    return ratio(counts[index][index], predicted(index));
  }

  /** Returns the harmonic mean of precision and recall, empty if the class is nowhere. */
  public OptionalDouble f1(int index) {
    return ratio(2 * counts[index][index], support(index) + predicted(index));
  }

  private static OptionalDouble ratio(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that
        && classes.equals(that.classes)
        && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * classes.hashCode() + Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    return "%s %s".formatted(classes, Arrays.deepToString(counts));
  }
}
