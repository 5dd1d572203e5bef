package dev.serenade.evaluation.calibration;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers with a set of classes that holds the right one as often as was asked for.
 *
 * <p>From n held-out predictions, with s_n = p_n,y_n the probability of the label, the threshold is
 * the r-th smallest s_n, r = floor((n + 1) (1 - coverage)); the set of a clip is every class at
 * least as probable as the threshold, and the most probable one in any case. If held-out and new
 * clips are exchangeable, a new clip's set holds its label with at least that coverage. Clips of a
 * speaker who was held out are not exchangeable with those of a new one, so measure the coverage on
 * new speakers, with {@link #coverage}.
 *
 * <p>Edge cases: with so few held-out predictions that r is 0 the threshold is 0, and every set
 * holds all classes. A set is never empty.
 *
 * <p>Sadinle, Lei and Wasserman, "Least Ambiguous Set-Valued Classifiers with Bounded Error
 * Levels", JASA 2019, arXiv 1609.00451.
 *
 * @param threshold the least probability of a class in a set, in [0, 1]
 */
public record ConformalSets(double threshold) {

  public ConformalSets {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("expected a threshold in [0, 1], found " + threshold);
    }
  }

  /**
   * Finds the threshold.
   *
   * @param heldOut predictions of clips that the model has not learned from
   * @param coverage how often a set is to hold the label, in (0, 1), such as 0.9
   */
  public static ConformalSets fit(Predictions heldOut, double coverage) {
    if (!(coverage > 0 && coverage < 1)) {
      throw new IllegalArgumentException("expected a coverage between 0 and 1, found " + coverage);
    }
    double[] sorted =
        heldOut.asList().stream()
            .mapToDouble(p -> p.probabilities().get(p.actualIndex()))
            .sorted()
            .toArray();
    // The small term keeps 0.1 x 10 from being floored to 0 by rounding.
    int rank = (int) Math.floor((sorted.length + 1) * (1 - coverage) + 1e-9);
    return new ConformalSets(rank == 0 ? 0 : Math.min(1, sorted[rank - 1]));
  }

  /** Returns the classes that may be right, in the order of the classes. */
  public List<String> set(ClassProbabilities probabilities) {
    return IntStream.range(0, probabilities.classes().size())
        .filter(k -> holds(probabilities, k))
        .mapToObj(probabilities.classes()::get)
        .toList();
  }

  /** Returns whether the set of a prediction holds its label. */
  public boolean holdsLabel(Prediction prediction) {
    return holds(prediction.probabilities(), prediction.actualIndex());
  }

  private boolean holds(ClassProbabilities probabilities, int index) {
    return probabilities.get(index) >= threshold || index == probabilities.topIndex();
  }

  /** Returns the share of predictions whose set holds the label. */
  public double coverage(Predictions predictions) {
    return predictions.asList().stream().filter(this::holdsLabel).count()
        / (double) predictions.size();
  }

  /** Returns the mean number of classes in a set; the fewer, the more is said. */
  public double meanSize(Predictions predictions) {
    return predictions.asList().stream()
        .map(Prediction::probabilities)
        .mapToInt(probabilities -> set(probabilities).size())
        .average()
        .orElseThrow();
  }
}
