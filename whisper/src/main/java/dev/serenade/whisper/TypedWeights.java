package dev.serenade.whisper;

import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.QuantisedMatrix;
import java.io.IOException;
import java.util.Set;

/**
 * An encoder's weights as values of a graph, in the type that it computes in.
 *
 * @param precision of the blocks
 */
record TypedWeights(GraphBuilder graph, EncoderWeights weights, Precision precision) {

  /**
   * Products that 8-bit integers do little harm to: five sixths of the work. Relative error of
   * base's states after blocks 1 to 6: 0.028 0.034 0.046 0.064 0.078 0.081; with the values and the
   * output of attention as well, 0.059 0.061 0.074 0.110 0.140 0.105.
   */
  private static final Set<String> INTEGER_PROJECTIONS = Set.of("q_proj", "k_proj", "fc1", "fc2");

  WhisperConfig config() {
    return weights.config();
  }

  /** What the blocks compute in, save for products of integers. */
  DataType type() {
    return precision == Precision.FP16 ? DataType.FLOAT16 : DataType.FLOAT;
  }

  /** Returns a value of 32-bit floats in the type that the blocks compute in. */
  GraphValue inType(GraphValue value) {
    return type() == DataType.FLOAT ? value : graph.cast(value, type());
  }

  /** Returns a value of that type in 32-bit floats. */
  GraphValue inFloats(GraphValue value) {
    return type() == DataType.FLOAT ? value : graph.cast(value, DataType.FLOAT);
  }

  /** Adds the weight of this name and shape. */
  GraphValue value(String name, long... shape) throws IOException {
    return graph.weight(name, weights.stored(name, shape), type());
  }

  /** Adds what was computed from weights. */
  GraphValue value(String name, FloatTensor computed) {
    return inType(graph.weight(name, computed));
  }

  /** Returns the weight of this name and shape, to compute with. */
  float[] read(String name, long... shape) throws IOException {
    return weights.read(name, shape).toArray();
  }

  /** Adds x W^T, without a bias, for the linear layer of this name. */
  GraphValue projection(String name, GraphValue x, int to, int from) throws IOException {
    String kind = name.substring(name.lastIndexOf('.') + 1);
    if (precision == Precision.INT8 && INTEGER_PROJECTIONS.contains(kind)) {
      return graph.quantisedMatMul(
          name, x, QuantisedMatrix.of(weights.read(name + ".weight", to, from)));
    }
    return graph.matMulTransposed(x, value(name + ".weight", to, from));
  }
}
