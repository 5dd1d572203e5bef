package dev.serenade.recognition.head;

import java.util.List;

/** What follows the output Linear of a pooling; o is its output. */
public enum OutputNorm {
  /** Nothing: the embedding is o, as in the paper's equations. */
  NONE,
  /** LayerNorm(o), as in the paper's released code. */
  NORM,
  /** LayerNorm(o + mean_t(h)), the "Add and Norm" of the paper's figure 1. */
  ADD_AND_NORM;

  List<ParameterSpec> parameters(String layer, int width) {
    return this == NONE ? List.of() : ParameterSpec.layerNorm(layer, width);
  }

  <T> T apply(TensorOperators<T> operators, String layer, T output, T mean) {
    return switch (this) {
      case NONE -> output;
      case NORM -> operators.layerNorm(layer, output);
      case ADD_AND_NORM -> operators.layerNorm(layer, operators.add(output, mean));
    };
  }
}
