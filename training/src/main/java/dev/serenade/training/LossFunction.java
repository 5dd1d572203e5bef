package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of a batch: the mean over its examples, weighted by their classes.
 *
 * <pre>{@code
 * loss = - sum_i w_i sum_c t_ic f(p_ic) log p_ic / sum_i w_i
 * t_ic = (1 - smoothing) [c is the label of i] + smoothing / C
 * f(p) = 1, or (1 - p)^2 for focal loss
 * }</pre>
 */
final class LossFunction {

  private final Loss loss;
  private final double smoothing;
  private final double[] weights;

  /**
   * Makes the loss for these training examples.
   *
   * @param classes C
   */
  LossFunction(TrainingSettings settings, List<Integer> labels, int classes) {
    loss = settings.loss();
    smoothing = settings.labelSmoothing();
    weights = new double[classes];
    Arrays.fill(weights, 1);
    if (settings.classWeights() == ClassWeights.BALANCED) {
      long[] counts = new long[classes];
      labels.forEach(label -> counts[label]++);
      for (int c = 0; c < classes; c++) {
        weights[c] = (double) labels.size() / (classes * Math.max(1, counts[c]));
      }
    }
  }

  /** Returns sum_i w_i, by which the whole batch divides. */
  double totalWeight(List<Example> batch) {
    return batch.stream().mapToDouble(example -> weights[example.label()]).sum();
  }

  /**
   * Returns the weighted targets w_i t_ic / sum_i w_i of some examples of a batch, shape (examples,
   * C).
   *
   * @param totalWeight that of the whole batch
   */
  NDArray targets(NDManager manager, List<Example> examples, double totalWeight) {
    int classes = weights.length;
    float[] targets = new float[examples.size() * classes];
    for (int i = 0; i < examples.size(); i++) {
      int label = examples.get(i).label();
      double weight = weights[label] / totalWeight;
      for (int c = 0; c < classes; c++) {
        double target = (c == label ? 1 - smoothing : 0) + smoothing / classes;
        targets[i * classes + c] = (float) (weight * target);
      }
    }
    return manager.create(targets, new Shape(examples.size(), classes));
  }

  /**
   * Returns what some examples of a batch add to its loss.
   *
   * @param logits shape (examples, C)
   * @param targets as {@link #targets} gives them
   */
  NDArray apply(NDArray logits, NDArray targets) {
    NDArray logProbabilities = logits.logSoftmax(-1);
    NDArray terms = logProbabilities.mul(targets);
    if (loss == Loss.FOCAL) {
      NDArray wrong = logProbabilities.exp().neg().add(1);
      terms = terms.mul(wrong.mul(wrong));
    }
    return terms.sum().neg();
  }
}
