package dev.serenade.whisper;

import dev.serenade.whisper.mel.LogMelGraph;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.NodeBuilder;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.QuantisedMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The encoder as part of an ONNX graph, from samples to hidden states.
 *
 * <p>Blocks after the last layer asked for are never built. With x the input of a block:
 *
 * <pre>{@code
 * y = x + Attention(LayerNorm(x))
 * z = y + W_2 gelu(W_1 LayerNorm(y) + b_1) + b_2     the block's output, and its layer's hidden states
 * }</pre>
 *
 * <p>Layer 0 is the input of block 1, positions added; layer i the output of block i; the last
 * layer is taken after the encoder's final LayerNorm, as the paper numbers them.
 */
public final class EncoderGraph {

  /** The graph's input of samples, shape (batch, samples), 16 kHz mono. */
  public static final String WAVEFORM = "waveform";

  /**
   * What the encoder adds to a graph.
   *
   * @param logMel shape (B, melBands, 2 T)
   * @param hiddenStates by layer, each of shape (B, T, D)
   * @param frames T, of shape (1)
   * @param samplesPerFrame how many samples of the clip a hidden frame stands for
   */
  public record Outputs(
      GraphValue logMel,
      SortedMap<Integer, GraphValue> hiddenStates,
      GraphValue frames,
      int samplesPerFrame) {

    /** Copies the map. */
    public Outputs {
      hiddenStates = Collections.unmodifiableSortedMap(new TreeMap<>(hiddenStates));
    }

    /**
     * Returns the states of one layer.
     *
     * @throws IllegalArgumentException if that layer was not asked for
     */
    public GraphValue layer(int layer) {
      GraphValue states = hiddenStates.get(layer);
      if (states == null) {
        throw new IllegalArgumentException(
            "expected one of the layers %s, found %d".formatted(hiddenStates.keySet(), layer));
      }
      return states;
    }
  }

  /**
   * What one block's attention looks at, before the bias of values is added.
   *
   * @param keys shape (B, T, D)
   * @param values shape (B, T, D)
   */
  record Heard(GraphValue keys, GraphValue values) {}

  /**
   * Products that 8-bit integers do little harm to: five sixths of the work. Relative error of
   * base's states after blocks 1 to 6: 0.028 0.034 0.046 0.064 0.078 0.081; with the values and the
   * output of attention as well, 0.059 0.061 0.074 0.110 0.140 0.105.
   */
  private static final Set<String> INTEGER_PROJECTIONS = Set.of("q_proj", "k_proj", "fc1", "fc2");

  private record Normed(GraphValue normed, GraphValue sum) {}

  private final GraphBuilder graph;
  private final EncoderWeights weights;
  private final WhisperConfig config;
  private final EncoderVariant variant;
  private final List<Heard> heard = new ArrayList<>();
  private Optional<RememberedSilence> silence = Optional.empty();

  /** How many frames a state stands for, in the block that is being added. */
  private int framesPerState = 1;

  private EncoderGraph(GraphBuilder graph, EncoderWeights weights, EncoderVariant variant) {
    this.graph = graph;
    this.weights = weights;
    this.variant = variant;
    this.config = weights.config();
  }

  /**
   * Adds an encoder.
   *
   * @param waveform shape (B, samples)
   * @param layers which layers' states are wanted; at least one, from 0 to L
   * @param variant how to be cheaper
   * @throws IllegalArgumentException if there is no such layer
   * @throws IOException if a weight cannot be read, is missing or has the wrong shape
   */
  public static Outputs append(
      GraphBuilder graph,
      EncoderWeights weights,
      Window window,
      SortedSet<Integer> layers,
      EncoderVariant variant,
      GraphValue waveform)
      throws IOException {
    int blocks = weights.config().blocks();
    if (layers.isEmpty() || layers.first() < 0 || layers.last() > blocks) {
      throw new IllegalArgumentException(
          "expected layers from 0 to %d, found %s".formatted(blocks, layers));
    }
    return new EncoderGraph(graph, weights, variant).append(window, layers, waveform);
  }

  /**
   * Adds the blocks behind a log-Mel spectrogram of the whole window, up to the keys and values of
   * the last.
   *
   * @param logMel shape (B, melBands, 2 positions)
   * @return one for each block
   */
  static List<Heard> appendWhatIsHeard(
      GraphBuilder graph, EncoderWeights weights, int blocks, GraphValue logMel)
      throws IOException {
    EncoderGraph encoder = new EncoderGraph(graph, weights, EncoderVariant.EXACT);
    GraphValue positions = graph.integers(weights.config().positions());
    Normed state = encoder.blocksInput(encoder.convolutions(logMel), positions);
    for (int layer = 1; layer < blocks; layer++) {
      state = encoder.block(layer, state, "layers." + layer + ".self_attn_layer_norm", false);
    }
    encoder.heard("layers." + (blocks - 1) + ".self_attn.", state.normed());
    return encoder.heard;
  }

  private Outputs append(Window window, SortedSet<Integer> layers, GraphValue waveform)
      throws IOException {
    GraphValue frames = frames(window, waveform);
    GraphValue two = graph.integers(2);
    GraphValue logMel;
    GraphValue convolved;
    if (window.mode() == Window.Mode.MEMORY) {
      // One frame more, so that the convolutions of the last hear silence after it, not their edge.
      GraphValue oneMore =
          graph
              .node("Min")
              .inputs(graph.add(frames, graph.integers(1)), graph.integers(config.positions()))
              .output();
      GraphValue longer = logMel(waveform, graph.multiply(oneMore, two));
      convolved = graph.slice(convolutions(longer), graph.integers(0), frames, 1);
      logMel = graph.slice(longer, graph.integers(0), graph.multiply(frames, two), 2);
      if (layers.last() > 0) {
        silence =
            Optional.of(
                new RememberedSilence(
                    graph, weights.silenceMemory(layers.last()), longer, frames, type()));
      }
    } else {
      logMel = logMel(waveform, graph.multiply(frames, two));
      convolved = convolutions(logMel);
    }
    int factor = variant.merging().factorAt(layers.last());
    GraphValue merged = factor == 1 ? frames : graph.divide(frames, graph.integers(factor));
    return new Outputs(
        logMel,
        hiddenStates(layers, convolved, frames, factor),
        merged,
        factor * Window.SAMPLES_PER_FRAME);
  }

  /** Adds the blocks up to the last of these layers. */
  private SortedMap<Integer, GraphValue> hiddenStates(
      SortedSet<Integer> layers, GraphValue convolved, GraphValue frames, int factor)
      throws IOException {
    SortedMap<Integer, GraphValue> hiddenStates = new TreeMap<>();
    int last = layers.last();
    Normed state = last == 0 ? positioned(convolved, frames) : blocksInput(convolved, frames);
    for (int layer = 0; layer <= last; layer++) {
      boolean isFinal = layer == config.blocks();
      boolean mergesHere = framesPerState < factor && layer == variant.merging().after();
      String nextNorm = isFinal ? "layer_norm" : "layers." + layer + ".self_attn_layer_norm";
      if (layer > 0) {
        state = block(layer, state, nextNorm, !isFinal && (layer == last || mergesHere));
      }
      GraphValue states = isFinal ? state.normed() : state.sum();
      if (layers.contains(layer)) {
        hiddenStates.put(layer, inFloats(merge(states, factor / framesPerState)));
      }
      if (mergesHere && layer < last) {
        GraphValue fewer = merge(states, factor);
        state = new Normed(norm(nextNorm, fewer), fewer);
        framesPerState = factor;
      }
    }
    return hiddenStates;
  }

  /** Layer 0. */
  private Normed positioned(GraphValue convolved, GraphValue frames) throws IOException {
    GraphValue sum = graph.add(convolved, positions(frames));
    return new Normed(sum, sum);
  }

  /** Layer 0 and its LayerNorm, in one operator. */
  private Normed blocksInput(GraphValue convolved, GraphValue frames) throws IOException {
    int width = config.width();
    String norm = "layers.0.self_attn_layer_norm";
    List<GraphValue> outputs =
        graph
            .fused("SkipLayerNormalization")
            .inputs(
                convolved,
                positions(frames),
                weight(norm + ".weight", width),
                weight(norm + ".bias", width))
            .attribute("epsilon", 1e-5f)
            .outputs(4);
    return new Normed(outputs.get(0), outputs.get(3));
  }

  /** The means of {@code factor} neighbours. */
  private GraphValue merge(GraphValue states, int factor) {
    if (factor == 1) {
      return states;
    }
    GraphValue grouped = graph.reshape(states, 0, -1, factor, config.width());
    return graph
        .node("ReduceMean")
        .inputs(grouped, graph.integers(2))
        .attribute("keepdims", 0)
        .output();
  }

  /** T by the rule of {@link Window#encodedFrames}. */
  private GraphValue frames(Window window, GraphValue waveform) {
    GraphValue positions = graph.integers(config.positions());
    return switch (window.mode()) {
      case PADDED -> positions;
      case ADAPTIVE, MEMORY -> {
        long step = (long) window.gridFrames() * Window.SAMPLES_PER_FRAME;
        long silence = (long) window.silenceFrames() * Window.SAMPLES_PER_FRAME;
        GraphValue roundedUp =
            graph.add(graph.dimension(waveform, 1), graph.integers(silence + step - 1));
        GraphValue frames =
            graph.multiply(
                graph.divide(roundedUp, graph.integers(step)), graph.integers(window.gridFrames()));
        yield graph.node("Min").inputs(frames, positions).output();
      }
    };
  }

  private GraphValue logMel(GraphValue waveform, GraphValue melFrames) {
    return new LogMelGraph(config.melBands(), 2 * config.positions())
        .append(graph, waveform, melFrames);
  }

  private GraphValue convolutions(GraphValue logMel) throws IOException {
    GraphValue first = convolution("conv1", inType(logMel), config.melBands(), 1);
    GraphValue second = convolution("conv2", first, config.width(), 2);
    return graph.transpose(second, 0, 2, 1);
  }

  private GraphValue convolution(String name, GraphValue x, int channels, int stride)
      throws IOException {
    int width = config.width();
    GraphValue convolved =
        graph
            .node("Conv")
            .inputs(x, weight(name + ".weight", width, channels, 3), weight(name + ".bias", width))
            .attribute("pads", new long[] {1, 1})
            .attribute("strides", new long[] {stride})
            .output();
    return graph.node("Gelu").inputs(convolved).output();
  }

  private GraphValue positions(GraphValue frames) throws IOException {
    GraphValue all = weight("embed_positions.weight", config.positions(), config.width());
    return graph.slice(all, graph.integers(0), frames, 0);
  }

  private Normed block(int layer, Normed input, String nextNorm, boolean sumOnly)
      throws IOException {
    String name = "layers." + (layer - 1) + ".";
    int width = config.width();
    int inner = config.feedForwardWidth();
    GraphValue attended = attention(name + "self_attn.", input.normed());
    Normed middle =
        addAndNorm(
            projection(name + "self_attn.out_proj", attended, width, width),
            inType(graph.weight(name + "self_attn.bias", attendedBias(name + "self_attn."))),
            input.sum(),
            name + "final_layer_norm");
    GraphValue expanded =
        graph
            .fused("BiasGelu")
            .inputs(
                projection(name + "fc1", middle.normed(), inner, width),
                weight(name + "fc1.bias", inner))
            .output();
    GraphValue contracted = projection(name + "fc2", expanded, width, inner);
    if (sumOnly) {
      GraphValue biased = graph.add(contracted, weight(name + "fc2.bias", width));
      GraphValue sum = graph.add(biased, middle.sum());
      return new Normed(sum, sum);
    }
    return addAndNorm(contracted, weight(name + "fc2.bias", width), middle.sum(), nextNorm);
  }

  private GraphValue attention(String name, GraphValue x) throws IOException {
    int width = config.width();
    GraphValue query =
        graph.add(
            projection(name + "q_proj", x, width, width), weight(name + "q_proj.bias", width));
    Heard own = heard(name, x);
    int block = heard.size();
    if (silence.isEmpty()) {
      return attention(query, own, Optional.empty());
    }
    RememberedSilence memory = silence.get();
    // A bias on the scores keeps ONNX Runtime from its fastest way, so there is none in vain.
    return graph.either(
        memory.isLeft(),
        () -> {
          RememberedSilence.WithMemory all = memory.behind(block, own, framesPerState);
          return attention(query, all.heard(), Optional.of(all.logWeights()));
        },
        () -> attention(query, own, Optional.empty()));
  }

  /**
   * The fused operator.
   *
   * @param logWeights added to the scores
   */
  private GraphValue attention(GraphValue query, Heard heard, Optional<GraphValue> logWeights) {
    NodeBuilder node =
        graph.fused("MultiHeadAttention").inputs(query, heard.keys(), heard.values());
    if (logWeights.isPresent()) {
      Optional<GraphValue> none = Optional.empty();
      node.optionalInput(none).optionalInput(none).optionalInput(logWeights);
    }
    double headWidth = (double) config.width() / config.heads();
    return node.attribute("num_heads", config.heads())
        .attribute("scale", (float) (1 / Math.sqrt(headWidth)))
        .output();
  }

  private Heard heard(String name, GraphValue x) throws IOException {
    int width = config.width();
    Heard own =
        new Heard(
            projection(name + "k_proj", x, width, width),
            projection(name + "v_proj", x, width, width));
    heard.add(own);
    return own;
  }

  /**
   * Returns W_o b_v + b_o. A frame's weights sum to one, so that the bias of values comes through
   * the attention as it is, and ONNX Runtime need not copy queries, keys and values to add it.
   */
  private FloatTensor attendedBias(String name) throws IOException {
    int width = config.width();
    float[] output = weights.read(name + "out_proj.weight", width, width).toArray();
    float[] values = weights.read(name + "v_proj.bias", width).toArray();
    float[] bias = weights.read(name + "out_proj.bias", width).toArray();
    for (int to = 0; to < width; to++) {
      double sum = bias[to];
      for (int from = 0; from < width; from++) {
        sum += (double) output[to * width + from] * values[from];
      }
      bias[to] = (float) sum;
    }
    return FloatTensor.of(bias, width);
  }

  private GraphValue projection(String name, GraphValue x, int to, int from) throws IOException {
    if (variant.precision() == Precision.INT8 && INTEGER_PROJECTIONS.contains(last(name))) {
      return graph.quantisedMatMul(
          name, x, QuantisedMatrix.of(weights.read(name + ".weight", to, from)));
    }
    return graph.matMulTransposed(x, weight(name + ".weight", to, from));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Returns x + bias + residual and its LayerNorm, in one operator. */
  private Normed addAndNorm(GraphValue x, GraphValue bias, GraphValue residual, String norm)
      throws IOException {
    int width = config.width();
    List<GraphValue> outputs =
        graph
            .fused("SkipLayerNormalization")
            .inputs(
                x, residual, weight(norm + ".weight", width), weight(norm + ".bias", width), bias)
            .attribute("epsilon", 1e-5f)
            .outputs(4);
    return new Normed(outputs.get(0), outputs.get(3));
  }

  private GraphValue norm(String name, GraphValue x) throws IOException {
    int width = config.width();
    return graph.layerNorm(x, weight(name + ".weight", width), weight(name + ".bias", width));
  }

  /** What the blocks compute in, save for products of integers. */
  private DataType type() {
    return variant.precision() == Precision.FP16 ? DataType.FLOAT16 : DataType.FLOAT;
  }

  /** A value of 32-bit floats in the type that the blocks compute in. */
  private GraphValue inType(GraphValue value) {
    return type() == DataType.FLOAT ? value : graph.cast(value, type());
  }

  private GraphValue inFloats(GraphValue value) {
    return type() == DataType.FLOAT ? value : graph.cast(value, DataType.FLOAT);
  }

  private GraphValue weight(String name, long... shape) throws IOException {
    return graph.weight(name, weights.stored(name, shape), type());
  }
}
