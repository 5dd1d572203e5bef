package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.serenade.recognition.head.HeadOutputs;
import dev.serenade.recognition.head.HeadSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A head as the training engine runs it: the same equations as in the ONNX graph, over a batch of
 * packed frames.
 *
 * <p>Where standardisation can be folded into the projector, it is, in every step, as {@code
 * Head.foldStandardisation} does in the end: that is D x P products a step in place of one for each
 * element of each frame.
 */
final class HeadNetwork {

  private final HeadSpec spec;
  private final Optional<Standardisation> standardisation;

  /**
   * Makes the network of a head.
   *
   * @param standardisation what to fold into the projector in every step; empty for a finished
   *     head, which has it there already, and for one that does not fold it
   */
  HeadNetwork(HeadSpec spec, Optional<Standardisation> standardisation) {
    this.spec = spec;
    this.standardisation = standardisation;
  }

  HeadSpec spec() {
    return spec;
  }

  /** Runs the head; parameters and batch belong to the same manager. */
  HeadOutputs<NDArray> forward(
      Map<String, NDArray> parameters, Batch batch, UnaryOperator<NDArray> dropout) {
    EngineOperators operators =
        new EngineOperators(folded(parameters, batch.packed().getManager()), dropout);
    return spec.run(operators, new PackedFrames(batch), batch.packed());
  }

  private Map<String, NDArray> folded(Map<String, NDArray> parameters, NDManager manager) {
    if (standardisation.isEmpty()) {
      return parameters;
    }
    Shape row = new Shape(1, spec.statesWidth());
    NDArray mean = manager.create(standardisation.get().mean().toArray(), row);
    NDArray deviation = manager.create(standardisation.get().deviation().toArray(), row);
    Map<String, NDArray> folded = new HashMap<>(parameters);
    NDArray weight = parameter(parameters, HeadSpec.PROJECTOR_WEIGHT).div(deviation);
    NDArray shift = weight.mul(mean).sum(new int[] {1});
    folded.put(HeadSpec.PROJECTOR_WEIGHT, weight);
    folded.put(HeadSpec.PROJECTOR_BIAS, parameter(parameters, HeadSpec.PROJECTOR_BIAS).sub(shift));
    return folded;
  }

  private static NDArray parameter(Map<String, NDArray> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }
}
