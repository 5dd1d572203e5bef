package dev.serenade.training;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.calibration.Logits;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How far training is after an epoch.
 *
 * @param epoch counted from 1
 * @param trainingLoss mean loss of the epoch's examples, dropout included
 * @param learningRate of the epoch's last step
 * @param validationLoss mean cross-entropy of the validation examples; empty if there are none
 * @param validationAccuracy their weighted accuracy, in [0, 1]; empty if there are none
 * @param validationRecall their unweighted average recall, in [0, 1]; empty if there are none
 */
public record EpochSummary(
    int epoch,
    double trainingLoss,
    double learningRate,
    OptionalDouble validationLoss,
    OptionalDouble validationAccuracy,
    OptionalDouble validationRecall) {

  static EpochSummary of(
      int epoch,
      double trainingLoss,
      double learningRate,
      List<Logits> logits,
      List<Integer> labels,
      int classes) {
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < labels.size(); i++) {
      counts[labels.get(i)][top(logits.get(i))]++;
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    ConfusionMatrix confusion = ConfusionMatrix.of(names, counts);
    return new EpochSummary(
        epoch,
        trainingLoss,
        learningRate,
        IntStream.range(0, labels.size())
            .mapToDouble(i -> crossEntropy(logits.get(i), labels.get(i)))
            .average(),
        Metric.WEIGHTED_ACCURACY.of(confusion),
        Metric.UNWEIGHTED_AVERAGE_RECALL.of(confusion));
  }

  /**
   * Returns whether this epoch is to be preferred: it has the higher validation recall, or the same
   * recall and a lower loss. Without validation examples a later epoch is better.
   */
  boolean isBetterThan(EpochSummary other) {
    if (validationRecall.isEmpty() || other.validationRecall.isEmpty()) {
      return epoch > other.epoch;
    }
    int byRecall =
        Double.compare(validationRecall.getAsDouble(), other.validationRecall.getAsDouble());
    return byRecall > 0
        || (byRecall == 0 && validationLoss.getAsDouble() < other.validationLoss.getAsDouble());
  }

  private static int top(Logits logits) {
    int top = 0;
    for (int c = 1; c < logits.size(); c++) {
      if (logits.get(c) > logits.get(top)) {
        top = c;
      }
    }
    return top;
  }

  static double crossEntropy(Logits logits, int label) {
    double greatest = logits.get(top(logits));
    double sum = 0;
    for (int c = 0; c < logits.size(); c++) {
      sum += Math.exp(logits.get(c) - greatest);
    }
    return greatest + Math.log(sum) - logits.get(label);
  }
}
