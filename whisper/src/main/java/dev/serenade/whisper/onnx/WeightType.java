package dev.serenade.whisper.onnx;

import java.util.List;

/**
 * What is known of a weight's value while the graph is built.
 *
 * @param type of its elements, after any conversion
 * @param shape its dimensions
 */
record WeightType(DataType type, List<Long> shape) {

  /** Copies the shape. */
  WeightType {
    shape = List.copyOf(shape);
  }

  WeightType as(DataType other) {
    return new WeightType(other, shape);
  }
}
