package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.serenade.evaluation.calibration.Logits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One part of every batch: its examples' share of the loss and of the gradients.
 *
 * <p>Batches are always divided in the same way, on however many threads, so that the sums, and
 * with them the trained head, do not depend on the machine's processors. One thread at a time.
 */
final class Shard {

  private final HeadNetwork network;
  private final LossFunction loss;
  private final HeadParameters parameters;
  private final Batch.Assembler assembler;
  private final float[] gradients;

  Shard(HeadNetwork network, LossFunction loss, HeadParameters parameters, Features features) {
    this.network = network;
    this.loss = loss;
    this.parameters = parameters;
    this.assembler = new Batch.Assembler(features);
    this.gradients = new float[parameters.learned()];
  }

  /**
   * What examples add to the loss of a batch.
   *
   * @param share of the batch's loss, weights, mixtures and all
   * @param crossEntropies of each example for itself, in order
   */
  record Losses(double share, List<Double> crossEntropies) {

    Losses {
      crossEntropies = List.copyOf(crossEntropies);
    }
  }

  /** Returns the loss of these examples, and keeps its gradients at the published parameters. */
  Losses step(List<Example> examples, double totalWeight, EpochNoise noise) {
    TrainingEngine.prepareThread(true);
    try (NDManager manager = TrainingEngine.newManager()) {
      Map<String, NDArray> arrays = parameters.attach(manager, true);
      Batch batch = assembler.assemble(manager, examples, noise.masking());
      NDArray logits = network.forward(arrays, batch, noise.dropout()).logits();
      List<Double> crossEntropies = crossEntropies(logits, examples);
      NDArray targets = loss.targets(manager, examples, totalWeight);
      if (noise.mixup().isOn()) {
        NDArray mixture = noise.mixup().draw(logits);
        logits = mixture.matMul(logits);
        targets = mixture.matMul(targets);
      }
      NDArray value = loss.apply(logits, targets);
      TrainingEngine.backward(value);
      HeadParameters.gradients(arrays, gradients);
      return new Losses(value.getFloat(), crossEntropies);
    }
  }

  private static List<Double> crossEntropies(NDArray logits, List<Example> examples) {
    List<Logits> rows = HeadEvaluator.rows(logits);
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      losses.add(EpochSummary.crossEntropy(rows.get(i), examples.get(i).label()));
    }
    return losses;
  }

  /** Returns the gradients of the last step, laid out like the parameters. */
  float[] gradients() {
    return gradients;
  }
}
