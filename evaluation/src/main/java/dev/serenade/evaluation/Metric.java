package dev.serenade.evaluation;

import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The numbers a confusion matrix is summed up in, each in [0, 1], more is better.
 *
 * <p>All are undefined, and empty, if there are no utterances at all.
 */
public enum Metric implements Measure {
  /** Correct / all: every class weighs by its size. Plain accuracy. */
  WEIGHTED_ACCURACY("weightedAccuracy", "WA") {
    @Override
    public OptionalDouble of(ConfusionMatrix confusion) {
      return confusion.total() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) confusion.correct() / confusion.total());
    }
  },

  /**
   * The mean recall of the classes that occur. A class without an utterance has no recall and is
   * left out, as in scikit-learn's {@code balanced_accuracy_score}; its {@code recall_score(average
   * = "macro")} counts such a class as 0 once it is predicted.
   */
  UNWEIGHTED_AVERAGE_RECALL("unweightedAverageRecall", "UA") {
    @Override
    public OptionalDouble of(ConfusionMatrix confusion) {
      return mean(confusion, confusion::recall);
    }
  },

  /**
   * The mean F1 of the classes that occur or are predicted, as scikit-learn's {@code
   * f1_score(average = "macro")} when it is not given the labels.
   */
  MACRO_F1("macroF1", "macro-F1") {
    @Override
    public OptionalDouble of(ConfusionMatrix confusion) {
      return mean(confusion, confusion::f1);
    }
  },

  /** The mean F1 of the classes that occur, weighted by their size. */
  WEIGHTED_F1("weightedF1", "weighted F1") {
    @Override
    public OptionalDouble of(ConfusionMatrix confusion) {
      long total = confusion.total();
      if (total == 0) {
        return OptionalDouble.empty();
      }
      double sum = 0;
      for (int i = 0; i < confusion.classes().size(); i++) {
        sum += confusion.f1(i).orElse(0) * confusion.support(i);
      }
      return OptionalDouble.of(sum / total);
    }
  };

  private final String key;
  private final String shortName;

  Metric(String key, String shortName) {
    this.key = key;
    this.shortName = shortName;
  }

  /** Returns this metric of a confusion matrix, empty where it is undefined. */
  public abstract OptionalDouble of(ConfusionMatrix confusion);

  /** Returns this metric of all predictions taken together; always defined. */
  public double of(Predictions predictions) {
    return of(ConfusionMatrix.of(predictions)).orElseThrow();
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String shortName() {
    return shortName;
  }

  private static OptionalDouble mean(
      ConfusionMatrix confusion, IntFunction<OptionalDouble> perClass) {
    return IntStream.range(0, confusion.classes().size())
        .mapToObj(perClass)
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }
}
