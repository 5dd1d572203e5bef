package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

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
  private final Dropout dropout;
  private final float[] gradients;

  Shard(
      HeadNetwork network,
      LossFunction loss,
      HeadParameters parameters,
      Features features,
      RandomGenerator random) {
    this.network = network;
    this.loss = loss;
    this.parameters = parameters;
    this.assembler = new Batch.Assembler(features);
    this.dropout = new Dropout(network.spec().dropout(), random);
    this.gradients = new float[parameters.values().length];
  }

  /** Returns the loss of these examples, and keeps its gradients at the published parameters. */
  double step(List<Example> examples, double totalWeight) {
    TrainingEngine.prepareThread(true);
    try (NDManager manager = TrainingEngine.newManager()) {
      Map<String, NDArray> arrays = parameters.attach(manager, true);
      Batch batch = assembler.assemble(manager, examples);
      NDArray logits = network.forward(arrays, batch, dropout).logits();
      NDArray value = loss.apply(logits, examples, totalWeight);
      TrainingEngine.backward(value);
      HeadParameters.gradients(arrays, gradients);
      return value.getFloat();
    }
  }

  /** Returns the gradients of the last step, laid out like the parameters. */
  float[] gradients() {
    return gradients;
  }
}
