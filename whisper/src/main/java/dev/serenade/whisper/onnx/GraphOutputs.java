package dev.serenade.whisper.onnx;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Map;

/**
 * What one run of a graph gave, by name.
 *
 * @param tensors those that were asked for
 */
public record GraphOutputs(Map<String, FloatTensor> tensors) {

  /** Copies the map. */
  public GraphOutputs {
    tensors = Map.copyOf(tensors);
  }

  /**
   * Returns one of them.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public FloatTensor get(String name) {
    FloatTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "expected one of the outputs %s, found %s".formatted(tensors.keySet(), name));
    }
    return tensor;
  }
}
