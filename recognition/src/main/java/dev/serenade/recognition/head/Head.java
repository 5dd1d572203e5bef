package dev.serenade.recognition.head;

import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.TensorFormatException;
import dev.serenade.whisper.tensor.TensorSource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A head that is ready to use: a spec and its learned parameters.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Head {

  private final HeadSpec spec;
  private final Map<String, FloatTensor> parameters;

  private Head(HeadSpec spec, Map<String, FloatTensor> parameters) {
    this.spec = spec;
    this.parameters = parameters;
  }

  /**
   * Makes a head of these parameters.
   *
   * @throws IllegalArgumentException if a parameter of the spec is missing or has another shape, or
   *     there is one that the spec does not have
   */
  public static Head of(HeadSpec spec, Map<String, FloatTensor> parameters) {
    Set<String> names = names(spec);
    if (!parameters.keySet().equals(names)) {
      throw new IllegalArgumentException(differences(names, parameters.keySet()));
    }
    Map<String, FloatTensor> ordered = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      FloatTensor tensor = Objects.requireNonNull(parameters.get(parameter.name()));
      parameter.check(tensor);
      ordered.put(parameter.name(), tensor);
    }
    return new Head(spec, Collections.unmodifiableMap(ordered));
  }

  /**
   * Reads the parameters that the spec asks for.
   *
   * @throws TensorFormatException if a tensor is missing or has another shape, or there is one that
   *     the spec does not have; the message says which and where
   */
  public static Head read(HeadSpec spec, TensorSource source) throws IOException {
    if (!source.names().equals(names(spec))) {
      throw new TensorFormatException(
          source.describe() + ": " + differences(names(spec), source.names()));
    }
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      parameters.put(parameter.name(), source.read(parameter.name(), parameter.dimensions()));
    }
    return of(spec, parameters);
  }

  /** Writes the parameters in the safetensors format, as 32-bit floats; the stream stays open. */
  public void write(OutputStream target) throws IOException {
    new SafetensorsWriter(ElementType.F32).addAll(parameters).write(target);
  }

  /** Returns what this head is made of. */
  public HeadSpec spec() {
    return spec;
  }

  /** Returns the learned tensors by name, in the order of the spec. */
  public Map<String, FloatTensor> parameters() {
    return parameters;
  }

  /** Returns one of the learned tensors, which the spec must have. */
  FloatTensor parameter(String name) {
    FloatTensor tensor = parameters.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "expected one of the parameters %s, found %s".formatted(parameters.keySet(), name));
    }
    return tensor;
  }

  /**
   * Adds this head to a graph. The softmax over the logits, with its temperature, is the caller's.
   *
   * @param hiddenStates those of the spec's layers side by side, shape (B, T, N D), finite
   *     everywhere, also outside the clips
   * @param frameMask 1 for frames of the clip, 0 for others, shape (B, T)
   */
  public HeadOutputs<GraphValue> append(
      GraphBuilder graph, GraphValue hiddenStates, GraphValue frameMask) {
    GraphOperators operators = new GraphOperators(graph, this::parameter);
    return spec.run(operators, new PaddedFrames<>(operators, frameMask), hiddenStates);
  }

  /**
   * Returns a head that gives for x what this one gives for (x - mean) / deviation:
   *
   * <pre>{@code
   * W'_ij = W_ij / deviation_j        b'_i = b_i - sum_j W'_ij mean_j
   * }</pre>
   *
   * @param mean shape (N D)
   * @param deviation shape (N D), above 0
   * @throws IllegalArgumentException if the spec keeps standardisation as constants
   */
  public Head foldStandardisation(FloatTensor mean, FloatTensor deviation) {
    if (!spec.foldsStandardisation()) {
      throw new IllegalArgumentException(
          "standardisation cannot be folded into a projector behind " + spec.fusion().text());
    }
    int in = spec.statesWidth();
    if (mean.size() != in || deviation.size() != in) {
      throw new IllegalArgumentException(
          "expected mean and deviation of width %d, found %d and %d"
              .formatted(in, mean.size(), deviation.size()));
    }
    float[] weight = parameter(HeadSpec.PROJECTOR_WEIGHT).toArray();
    float[] bias = parameter(HeadSpec.PROJECTOR_BIAS).toArray();
    for (int i = 0; i < bias.length; i++) {
      double shifted = bias[i];
      for (int j = 0; j < in; j++) {
        if (!(deviation.get(j) > 0)) {
          throw new IllegalArgumentException(
              "dimension %d: expected a deviation above 0, found %s"
                  .formatted(j, deviation.get(j)));
        }
        weight[i * in + j] /= deviation.get(j);
        shifted -= (double) weight[i * in + j] * mean.get(j);
      }
      bias[i] = (float) shifted;
    }
    Map<String, FloatTensor> folded = new LinkedHashMap<>(parameters);
    folded.put(HeadSpec.PROJECTOR_WEIGHT, FloatTensor.of(weight, bias.length, in));
    folded.put(HeadSpec.PROJECTOR_BIAS, FloatTensor.of(bias, bias.length));
    return of(spec, folded);
  }

  /**
   * Returns a head that gives for (x - mean) / deviation what this one gives for x, which undoes
   * {@link #foldStandardisation}:
   *
   * <pre>{@code
   * W_ij = W'_ij deviation_j        b_i = b'_i + sum_j W'_ij mean_j
   * }</pre>
   *
   * @param mean shape (N D)
   * @param deviation shape (N D), above 0
   * @throws IllegalArgumentException if the spec keeps standardisation as constants
   */
  public Head unfoldStandardisation(FloatTensor mean, FloatTensor deviation) {
    int in = deviation.size();
    float[] inverse = new float[in];
    float[] shift = new float[in];
    for (int j = 0; j < in; j++) {
      inverse[j] = 1 / deviation.get(j);
      shift[j] = -mean.get(j) / deviation.get(j);
    }
    return foldStandardisation(FloatTensor.of(shift, in), FloatTensor.of(inverse, in));
  }

  /**
   * Returns a head whose logits are w z + b where this one's are z, class by class:
   *
   * <pre>{@code
   * W'_kj = w_k W_kj        b'_k = w_k b_k + biases_k
   * }</pre>
   *
   * @param scales w, one for each class
   * @param biases one for each class
   */
  public Head foldLogitScaling(List<Double> scales, List<Double> biases) {
    int classes = spec.classes();
    if (scales.size() != classes || biases.size() != classes) {
      throw new IllegalArgumentException(
          "expected a scale and a bias for each of %d classes, found %d and %d"
              .formatted(classes, scales.size(), biases.size()));
    }
    float[] weight = parameter(HeadSpec.CLASSIFIER_WEIGHT).toArray();
    float[] bias = parameter(HeadSpec.CLASSIFIER_BIAS).toArray();
    int width = weight.length / classes;
    for (int k = 0; k < classes; k++) {
      for (int j = 0; j < width; j++) {
        weight[k * width + j] = (float) (scales.get(k) * weight[k * width + j]);
      }
      bias[k] = (float) (scales.get(k) * bias[k] + biases.get(k));
    }
    Map<String, FloatTensor> folded = new LinkedHashMap<>(parameters);
    folded.put(HeadSpec.CLASSIFIER_WEIGHT, FloatTensor.of(weight, classes, width));
    folded.put(HeadSpec.CLASSIFIER_BIAS, FloatTensor.of(bias, classes));
    return of(spec, folded);
  }

  private static Set<String> names(HeadSpec spec) {
    return spec.parameters().stream().map(ParameterSpec::name).collect(Collectors.toSet());
  }

  private static String differences(Set<String> expected, Set<String> found) {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    Set<String> unknown = new TreeSet<>(found);
    unknown.removeAll(expected);
    return "expected the parameters of the head; missing are %s, not among them are %s"
        .formatted(missing, unknown);
  }

  @Override
  public String toString() {
    return "Head[" + spec + "]";
  }
}
