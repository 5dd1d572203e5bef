package dev.serenade.recognition.head;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor of a head: its name, its shape, and how it starts.
 *
 * <p>It starts uniform in [initialMean - initialSpread, initialMean + initialSpread], as PyTorch's
 * layers do: weights and biases of Linear(in, out) with spread 1 / sqrt(in), LayerNorm with weights
 * 1 and biases 0.
 *
 * @param name unique within the head
 * @param shape its dimensions; matrices as in PyTorch, (out, in)
 * @param initialMean the middle of its first values
 * @param initialSpread how far its first values lie from the middle, at most
 * @param learned whether training changes it; if not, it is measured on training frames before
 */
public record ParameterSpec(
    String name, List<Long> shape, double initialMean, double initialSpread, boolean learned) {

  /** Copies the shape. */
  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** Returns the parameters of x W^T + b. */
  static List<ParameterSpec> linear(String layer, int in, int out) {
    double spread = 1 / Math.sqrt(in);
    return List.of(
        learned(weight(layer), 0, spread, out, in), learned(bias(layer), 0, spread, out));
  }

  /** Returns the parameters of a layer normalisation. */
  static List<ParameterSpec> layerNorm(String layer, int width) {
    return List.of(learned(weight(layer), 1, 0, width), learned(bias(layer), 0, 0, width));
  }

  /** Returns a parameter that holds one row for each head. */
  static ParameterSpec headRows(String name, int heads, int width) {
    return learned(name, 0, 1 / Math.sqrt(width), heads, width);
  }

  /** Returns a parameter by which rows of this width are multiplied to one number each. */
  static ParameterSpec column(String name, int width) {
    return learned(name, 0, 1 / Math.sqrt(width), width, 1);
  }

  /** Returns a learned vector that starts at zero. */
  static ParameterSpec zeros(String name, int width) {
    return constants(name, 0, width);
  }

  /** Returns a learned tensor whose elements all start at this value. */
  static ParameterSpec constants(String name, double value, long... shape) {
    return learned(name, value, 0, shape);
  }

  /** Returns a vector that is measured before training. */
  static ParameterSpec measured(String name, int width) {
    return new ParameterSpec(name, List.of((long) width), 1, 0, false);
  }

  /** Returns the parameters of x W^T + b, measured before training. */
  static List<ParameterSpec> measuredLinear(String layer, int in, int out) {
    return List.of(
        new ParameterSpec(weight(layer), List.of((long) out, (long) in), 0, 0, false),
        new ParameterSpec(bias(layer), List.of((long) out), 0, 0, false));
  }

  private static ParameterSpec learned(String name, double mean, double spread, long... shape) {
    return new ParameterSpec(name, Arrays.stream(shape).boxed().toList(), mean, spread, true);
  }

  /** Returns the parameters of several layers, in order. */
  @SafeVarargs
  static List<ParameterSpec> concat(List<ParameterSpec>... layers) {
    List<ParameterSpec> all = new ArrayList<>();
    for (List<ParameterSpec> layer : layers) {
      all.addAll(layer);
    }
    return all;
  }

  /** Returns the name of a layer's weight. */
  public static String weight(String layer) {
    return layer + ".weight";
  }

  /** Returns the name of a layer's bias. */
  public static String bias(String layer) {
    return layer + ".bias";
  }

  /** Returns the number of elements. */
  public int size() {
    return Math.toIntExact(
        shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact));
  }

  /** Returns the dimensions as an array. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  void check(FloatTensor tensor) {
    if (!Arrays.equals(tensor.shape(), dimensions())) {
      throw new IllegalArgumentException(
          "parameter %s: expected shape %s, found %s"
              .formatted(name, shape, Arrays.toString(tensor.shape())));
    }
  }
}
