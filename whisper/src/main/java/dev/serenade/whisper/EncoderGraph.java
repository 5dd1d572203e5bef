package dev.serenade.whisper;

import dev.serenade.whisper.mel.LogMelGraph;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The encoder as part of an ONNX graph, from samples to hidden states.
 *
 * <p>Blocks after the last layer asked for are never built.
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

  private final GraphBuilder graph;
  private final EncoderWeights source;
  private final TypedWeights weights;
  private final WhisperConfig config;
  private final FrameMerging merging;

  private EncoderGraph(GraphBuilder graph, EncoderWeights source, EncoderVariant variant) {
    this.graph = graph;
    this.source = source;
    this.weights = new TypedWeights(graph, source, variant.precision());
    this.config = source.config();
    this.merging = variant.merging();
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
  static List<EncoderBlocks.Heard> appendWhatIsHeard(
      GraphBuilder graph, EncoderWeights weights, int blocks, GraphValue logMel)
      throws IOException {
    EncoderGraph encoder = new EncoderGraph(graph, weights, EncoderVariant.EXACT);
    GraphValue positions = encoder.positions(graph.integers(weights.config().positions()));
    EncoderBlocks added = new EncoderBlocks(encoder.weights, Optional.empty());
    EncoderBlocks.Normed state = added.input(encoder.convolutions(logMel), positions);
    for (int block = 1; block < blocks; block++) {
      state = added.block(block, state, 1);
    }
    added.hear(blocks, state.normed());
    return added.heard();
  }

  private Outputs append(Window window, SortedSet<Integer> layers, GraphValue waveform)
      throws IOException {
    GraphValue frames = frames(window, waveform);
    GraphValue two = graph.integers(2);
    GraphValue logMel;
    GraphValue convolved;
    Optional<RememberedSilence> silence = Optional.empty();
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
                    graph, source.silenceMemory(layers.last()), longer, frames, weights.type()));
      }
    } else {
      logMel = logMel(waveform, graph.multiply(frames, two));
      convolved = convolutions(logMel);
    }
    int factor = merging.factorAt(layers.last());
    GraphValue merged = factor == 1 ? frames : graph.divide(frames, graph.integers(factor));
    return new Outputs(
        logMel,
        hiddenStates(layers, convolved, frames, new EncoderBlocks(weights, silence)),
        merged,
        factor * Window.SAMPLES_PER_FRAME);
  }

  /** Adds the blocks up to the last of these layers. */
  private SortedMap<Integer, GraphValue> hiddenStates(
      SortedSet<Integer> layers, GraphValue convolved, GraphValue frames, EncoderBlocks blocks)
      throws IOException {
    SortedMap<Integer, GraphValue> hiddenStates = new TreeMap<>();
    int last = layers.last();
    int factor = merging.factorAt(last);
    if (last == 0) {
      GraphValue states = graph.add(convolved, positions(frames));
      hiddenStates.put(0, weights.inFloats(merge(states, factor)));
      return hiddenStates;
    }
    EncoderBlocks.Normed state = blocks.input(convolved, positions(frames));
    int framesPerState = 1;
    for (int layer = 0; layer <= last; layer++) {
      boolean mergesHere = framesPerState < factor && layer == merging.after();
      GraphValue states;
      if (layer == config.blocks()) {
        states = blocks.block(layer, state, framesPerState).normed();
      } else if (layer > 0 && (layer == last || mergesHere)) {
        states = blocks.lastBlock(layer, state, framesPerState);
      } else {
        state = layer == 0 ? state : blocks.block(layer, state, framesPerState);
        states = state.sum();
      }
      if (layers.contains(layer)) {
        hiddenStates.put(layer, weights.inFloats(merge(states, factor / framesPerState)));
      }
      if (mergesHere && layer < last) {
        state = blocks.inputOf(layer + 1, merge(states, factor));
        framesPerState = factor;
      }
    }
    return hiddenStates;
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
    GraphValue first = convolution("conv1", weights.inType(logMel), config.melBands(), 1);
    GraphValue second = convolution("conv2", first, config.width(), 2);
    return graph.transpose(second, 0, 2, 1);
  }

  private GraphValue convolution(String name, GraphValue x, int channels, int stride)
      throws IOException {
    int width = config.width();
    GraphValue convolved =
        graph
            .node("Conv")
            .inputs(
                x,
                weights.value(name + ".weight", width, channels, 3),
                weights.value(name + ".bias", width))
            .attribute("pads", new long[] {1, 1})
            .attribute("strides", new long[] {stride})
            .output();
    return graph.node("Gelu").inputs(convolved).output();
  }

  private GraphValue positions(GraphValue frames) throws IOException {
    GraphValue all = weights.value("embed_positions.weight", config.positions(), config.width());
    return graph.slice(all, graph.integers(0), frames, 0);
  }
}
