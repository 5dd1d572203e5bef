package dev.serenade.whisper;

import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.NodeBuilder;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transformer blocks of an encoder as part of a graph. With x the input of a block:
 *
 * <pre>{@code
 * y = x + Attention(LayerNorm(x))
 * z = y + W_2 gelu(W_1 LayerNorm(y) + b_1) + b_2     the block's output, and its layer's hidden states
 * }</pre>
 *
 * <p>A sum and the LayerNorm that follows are one operator, so that each block ends with the norm
 * of the next.
 */
final class EncoderBlocks {

  /**
   * What one block's attention looks at, without the bias of values.
   *
   * @param keys shape (B, T, D)
   * @param values shape (B, T, D)
   */
  record Heard(GraphValue keys, GraphValue values) {}

  /**
   * States, and their LayerNorm.
   *
   * @param normed shape (B, T, D)
   * @param sum shape (B, T, D)
   */
  record Normed(GraphValue normed, GraphValue sum) {}

  private final TypedWeights weights;
  private final GraphBuilder graph;
  private final WhisperConfig config;
  private final Optional<RememberedSilence> silence;
  private final List<Heard> heard = new ArrayList<>();

  /**
   * Prepares them.
   *
   * @param silence what is heard behind the clip, if anything
   */
  EncoderBlocks(TypedWeights weights, Optional<RememberedSilence> silence) {
    this.weights = weights;
    this.graph = weights.graph();
    this.config = weights.config();
    this.silence = silence;
  }

  /** What each of the blocks so far hears of the clip. */
  List<Heard> heard() {
    return List.copyOf(heard);
  }

  /**
   * Adds the input of block 1.
   *
   * @param positions shape (T, D)
   */
  Normed input(GraphValue convolved, GraphValue positions) throws IOException {
    return addAndNorm(convolved, Optional.empty(), positions, normBefore(1));
  }

  /** Adds the norm before a block to states that come without. */
  Normed inputOf(int block, GraphValue states) throws IOException {
    int width = config.width();
    String name = normBefore(block);
    GraphValue normed =
        graph.layerNorm(
            states, weights.value(name + ".weight", width), weights.value(name + ".bias", width));
    return new Normed(normed, states);
  }

  /** Behind the last block comes the encoder's own. */
  private String normBefore(int block) {
    return block > config.blocks() ? "layer_norm" : name(block) + "self_attn_layer_norm";
  }

  private static String name(int block) {
    return "layers." + (block - 1) + ".";
  }

  /**
   * Adds a block, and the norm behind it.
   *
   * @param block counted from 1
   * @param framesPerState how many frames a state stands for
   */
  Normed block(int block, Normed input, int framesPerState) throws IOException {
    Inner inner = inner(block, input, framesPerState);
    return addAndNorm(
        inner.contracted(), Optional.of(inner.bias()), inner.residual(), normBefore(block + 1));
  }

  /** Adds a block that no norm follows. */
  GraphValue lastBlock(int block, Normed input, int framesPerState) throws IOException {
    Inner inner = inner(block, input, framesPerState);
    return graph.add(graph.add(inner.contracted(), inner.bias()), inner.residual());
  }

  /** The three that are added to give a block's output. */
  private record Inner(GraphValue contracted, GraphValue bias, GraphValue residual) {}

  private Inner inner(int block, Normed input, int framesPerState) throws IOException {
    String name = name(block);
    int width = config.width();
    int inner = config.feedForwardWidth();
    GraphValue attended = attention(block, input.normed(), framesPerState);
    Normed middle =
        addAndNorm(
            weights.projection(name + "self_attn.out_proj", attended, width, width),
            Optional.of(attendedBias(name + "self_attn.")),
            input.sum(),
            name + "final_layer_norm");
    GraphValue expanded =
        graph
            .fused("BiasGelu")
            .inputs(
                weights.projection(name + "fc1", middle.normed(), inner, width),
                weights.value(name + "fc1.bias", inner))
            .output();
    return new Inner(
        weights.projection(name + "fc2", expanded, width, inner),
        weights.value(name + "fc2.bias", width),
        middle.sum());
  }

  private GraphValue attention(int block, GraphValue x, int framesPerState) throws IOException {
    String name = name(block) + "self_attn.q_proj";
    int width = config.width();
    GraphValue query =
        graph.add(weights.projection(name, x, width, width), weights.value(name + ".bias", width));
    Heard own = hear(block, x);
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

  /**
   * Adds the keys and values of a block.
   *
   * @param x the block's input behind its norm
   */
  Heard hear(int block, GraphValue x) throws IOException {
    String name = name(block) + "self_attn.";
    int width = config.width();
    Heard own =
        new Heard(
            weights.projection(name + "k_proj", x, width, width),
            weights.projection(name + "v_proj", x, width, width));
    heard.add(own);
    return own;
  }

  /**
   * Returns W_o b_v + b_o. A frame's weights sum to one, so that the bias of values comes through
   * the attention as it is, and ONNX Runtime need not copy queries, keys and values to add it.
   */
  private GraphValue attendedBias(String name) throws IOException {
    int width = config.width();
    float[] output = weights.read(name + "out_proj.weight", width, width);
    float[] values = weights.read(name + "v_proj.bias", width);
    float[] bias = weights.read(name + "out_proj.bias", width);
    for (int to = 0; to < width; to++) {
      double sum = bias[to];
      for (int from = 0; from < width; from++) {
        sum += (double) output[to * width + from] * values[from];
      }
      bias[to] = (float) sum;
    }
    return weights.value(name + "bias", FloatTensor.of(bias, width));
  }

  /** Returns x + bias + residual and its LayerNorm, in one operator. */
  private Normed addAndNorm(
      GraphValue x, Optional<GraphValue> bias, GraphValue residual, String norm)
      throws IOException {
    int width = config.width();
    NodeBuilder node =
        graph
            .fused("SkipLayerNormalization")
            .inputs(
                x,
                residual,
                weights.value(norm + ".weight", width),
                weights.value(norm + ".bias", width));
    bias.ifPresent(node::inputs);
    List<GraphValue> outputs = node.attribute("epsilon", 1e-5f).outputs(4);
    return new Normed(outputs.get(0), outputs.get(3));
  }
}
