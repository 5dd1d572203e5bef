package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The parameters of a head while it is trained, side by side in one array, so that the optimizer is
 * plain Java, and nothing of the engine outlives a step. Those that are not learned come last.
 */
final class HeadParameters {

  /** In bytes. Matrix products round differently where memory is not aligned to this. */
  private static final int ALIGNMENT = 64;

  private final HeadSpec spec;
  private final List<ParameterSpec> layout;
  private final float[] values;
  private final ByteBuffer bytes;

  private HeadParameters(HeadSpec spec) {
    this.spec = spec;
    layout =
        spec.parameters().stream()
            .sorted(Comparator.comparing(ParameterSpec::learned).reversed())
            .toList();
    values = new float[layout.stream().mapToInt(ParameterSpec::size).sum()];
    int length = layout.stream().mapToInt(HeadParameters::alignedBytes).sum();
    bytes = ByteBuffer.allocateDirect(length + ALIGNMENT).alignedSlice(ALIGNMENT);
  }

  /** Draws first values as the spec says. */
  static HeadParameters initial(HeadSpec spec, RandomGenerator random) {
    HeadParameters parameters = new HeadParameters(spec);
    int offset = 0;
    for (ParameterSpec parameter : parameters.layout) {
      for (int i = 0; i < parameter.size(); i++) {
        double unit = 2 * random.nextDouble() - 1;
        parameters.values[offset++] =
            (float) (parameter.initialMean() + parameter.initialSpread() * unit);
      }
    }
    return parameters;
  }

  /** Starts from a head, which stays as it is. */
  static HeadParameters of(Head head) {
    HeadParameters parameters = new HeadParameters(head.spec());
    parameters.set(head.parameters());
    return parameters;
  }

  /** Changes some parameters, by name. */
  void set(Map<String, FloatTensor> tensors) {
    int offset = 0;
    for (ParameterSpec parameter : layout) {
      FloatTensor tensor = tensors.get(parameter.name());
      if (tensor != null) {
        tensor.values().get(values, offset, tensor.size());
      }
      offset += parameter.size();
    }
  }

  /** Returns all values, which the caller may change. */
  float[] values() {
    return values;
  }

  /** Returns a copy of all values, side by side. */
  FloatTensor copy() {
    return FloatTensor.of(values, values.length);
  }

  /** Takes all values from what {@link #copy} gave. */
  void restore(FloatTensor copy) {
    copy.values().get(values);
  }

  /** Returns how many of the values are learned: the first ones. */
  int learned() {
    return layout.stream().filter(ParameterSpec::learned).mapToInt(ParameterSpec::size).sum();
  }

  private static int alignedBytes(ParameterSpec parameter) {
    int bytes = parameter.size() * Float.BYTES;
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Makes the values as they are now those that {@link #attach} hands out. */
  void publish() {
    int offset = 0;
    int start = 0;
    for (ParameterSpec parameter : layout) {
      part(start, parameter).asFloatBuffer().put(values, offset, parameter.size());
      offset += parameter.size();
      start += alignedBytes(parameter);
    }
  }

  private ByteBuffer part(int start, ParameterSpec parameter) {
    return bytes.slice(start, parameter.size() * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  /**
   * Hands the published values to the engine, by name. They are shared, not copied, so they must be
   * closed before values are published again. May be called by several threads at once.
   */
  Map<String, NDArray> attach(NDManager manager, boolean withGradients) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    int start = 0;
    for (ParameterSpec parameter : layout) {
      NDArray array =
          manager.create(
              part(start, parameter), new Shape(parameter.dimensions()), DataType.FLOAT32);
      array.setRequiresGradient(withGradients && parameter.learned());
      arrays.put(parameter.name(), array);
      start += alignedBytes(parameter);
    }
    return arrays;
  }

  /** Collects the gradients of arrays that {@link #attach} gave, laid out like learned values. */
  static void gradients(Map<String, NDArray> arrays, float[] target) {
    int offset = 0;
    for (NDArray array : arrays.values()) {
      if (array.hasGradient()) {
        FloatBuffer gradient = array.getGradient().toByteBuffer().asFloatBuffer();
        int length = gradient.remaining();
        gradient.get(target, offset, length);
        offset += length;
      }
    }
  }

  /** Returns a head of these values. */
  Head toHead() {
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    int offset = 0;
    for (ParameterSpec parameter : layout) {
      float[] part = Arrays.copyOfRange(values, offset, offset + parameter.size());
      tensors.put(parameter.name(), FloatTensor.of(part, parameter.dimensions()));
      offset += parameter.size();
    }
    return Head.of(spec, tensors);
  }
}
