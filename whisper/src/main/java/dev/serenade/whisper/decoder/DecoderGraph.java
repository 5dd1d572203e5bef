package dev.serenade.whisper.decoder;

import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder as ONNX nodes. With x the input of a block, h the encoder's states:
 *
 * <pre>{@code
 * y = x + Attention(LayerNorm(x))                    causal: to itself and the tokens before it
 * z = y + Attention(LayerNorm(y), h)                 to the sound
 * w = z + W_2 gelu(W_1 LayerNorm(z) + b_1) + b_2     the block's output
 * }</pre>
 *
 * <p>The logits are the last block's output, normalised, times the embeddings of all tokens. Keys
 * and values of the sound are computed once ({@link #appendHeard}); those of tokens are inputs and
 * outputs of the graph ({@link #appendStep}), so that each token is computed once, too.
 */
final class DecoderGraph {

  /** Tokens that follow those in the cache, shape (n), 64-bit integers. */
  static final String TOKENS = "tokens";

  /** Of the tokens that are to come, shape (n, vocabulary). */
  static final String LOGITS = "logits";

  /** After the last block and its LayerNorm, shape (n, D). */
  static final String HIDDEN_STATES = "hidden_states";

  private final GraphBuilder graph;
  private final DecoderWeights weights;
  private final DecoderConfig config;

  DecoderGraph(GraphBuilder graph, DecoderWeights weights) {
    this.graph = graph;
    this.weights = weights;
    this.config = weights.config();
  }

  /** The name of a block's keys of the sound, shape (1, heads, T, headWidth). */
  static String soundKeys(int block) {
    return "sound_keys." + block;
  }

  /** The name of a block's values of the sound, shape (1, heads, T, headWidth). */
  static String soundValues(int block) {
    return "sound_values." + block;
  }

  /** The name of a block's keys of the tokens so far, shape (1, heads, tokens, headWidth). */
  static String pastKeys(int block) {
    return "past_keys." + block;
  }

  /** The name of a block's values of the tokens so far, shape (1, heads, tokens, headWidth). */
  static String pastValues(int block) {
    return "past_values." + block;
  }

  /** The name of the same keys with those of this step. */
  static String keys(int block) {
    return "keys." + block;
  }

  /** The name of the same values with those of this step. */
  static String values(int block) {
    return "values." + block;
  }

  /**
   * Adds what each block's attention finds in the sound, as outputs.
   *
   * @param states the encoder's, shape (1, T, D)
   */
  void appendHeard(GraphValue states) throws IOException {
    String heads = String.valueOf(config.heads());
    String width = String.valueOf(config.headWidth());
    for (int block = 0; block < config.blocks(); block++) {
      String name = "layers." + block + ".encoder_attn.";
      GraphValue keys = inHeads(matMul(name + "k_proj", states, config.width(), config.width()));
      GraphValue values = inHeads(linear(name + "v_proj", states, config.width(), config.width()));
      graph.output(soundKeys(block), keys, DataType.FLOAT, "1", heads, "frames", width);
      graph.output(soundValues(block), values, DataType.FLOAT, "1", heads, "frames", width);
    }
  }

  /** Adds one step: new tokens behind those in the cache. */
  void appendStep() throws IOException {
    String heads = String.valueOf(config.heads());
    String width = String.valueOf(config.headWidth());
    GraphValue tokens = graph.input(TOKENS, DataType.INT64, "tokens");
    List<GraphValue> pastKeys = new ArrayList<>();
    List<GraphValue> pastValues = new ArrayList<>();
    for (int block = 0; block < config.blocks(); block++) {
      pastKeys.add(graph.input(pastKeys(block), DataType.FLOAT, "1", heads, "past", width));
      pastValues.add(graph.input(pastValues(block), DataType.FLOAT, "1", heads, "past", width));
    }
    GraphValue past = graph.dimension(pastKeys.get(0), 2);
    GraphValue end = graph.add(past, graph.dimension(tokens, 0));
    GraphValue embeddings = weight("embed_tokens.weight", config.vocabulary(), config.width());
    GraphValue positions = weight("embed_positions.weight", config.positions(), config.width());
    GraphValue embedded = graph.node("Gather").inputs(embeddings, tokens).output();
    GraphValue state =
        graph.unsqueeze(graph.add(embedded, graph.slice(positions, past, end, 0)), 0);
    GraphValue mask = mask(past, end);
    for (int block = 0; block < config.blocks(); block++) {
      String name = "layers." + block + ".";
      GraphValue normed = norm(name + "self_attn_layer_norm", state);
      String own = name + "self_attn.";
      int d = config.width();
      GraphValue keys =
          graph.concat(2, pastKeys.get(block), inHeads(matMul(own + "k_proj", normed, d, d)));
      GraphValue values =
          graph.concat(2, pastValues.get(block), inHeads(linear(own + "v_proj", normed, d, d)));
      graph.output(keys(block), keys, DataType.FLOAT, "1", heads, "all", width);
      graph.output(values(block), values, DataType.FLOAT, "1", heads, "all", width);
      GraphValue scores = graph.add(scores(own, normed, keys), mask);
      state = graph.add(state, attended(own, scores, values));

      String other = name + "encoder_attn.";
      normed = norm(name + "encoder_attn_layer_norm", state);
      GraphValue soundKeys =
          graph.input(soundKeys(block), DataType.FLOAT, "1", heads, "frames", width);
      GraphValue soundValues =
          graph.input(soundValues(block), DataType.FLOAT, "1", heads, "frames", width);
      state = graph.add(state, attended(other, scores(other, normed, soundKeys), soundValues));
      state = graph.add(state, feedForward(name, norm(name + "final_layer_norm", state)));
    }
    GraphValue hidden = graph.squeeze(norm("layer_norm", state), 0);
    graph.output(HIDDEN_STATES, hidden, DataType.FLOAT, "tokens", String.valueOf(config.width()));
    graph.output(
        LOGITS,
        graph.matMulTransposed(hidden, embeddings),
        DataType.FLOAT,
        "tokens",
        String.valueOf(config.vocabulary()));
  }

  /** Minus infinity where a token would see one after it, otherwise 0; shape (n, tokens). */
  private GraphValue mask(GraphValue past, GraphValue end) {
    GraphValue one = graph.integer(1);
    GraphValue to = graph.squeeze(end, 0);
    GraphValue queries = graph.node("Range").inputs(graph.squeeze(past, 0), to, one).output();
    GraphValue seen = graph.node("Range").inputs(graph.integer(0), to, one).output();
    GraphValue later =
        graph
            .node("Greater")
            .inputs(graph.unsqueeze(seen, 0), graph.unsqueeze(queries, 1))
            .output();
    return graph
        .node("Where")
        .inputs(later, graph.scalar(Float.NEGATIVE_INFINITY), graph.scalar(0))
        .output();
  }

  private GraphValue scores(String name, GraphValue x, GraphValue keys) throws IOException {
    GraphValue query = inHeads(linear(name + "q_proj", x, config.width(), config.width()));
    return graph
        .fused("FusedMatMul")
        .inputs(query, keys)
        .attribute("transB", 1)
        .attribute("alpha", (float) (1 / Math.sqrt(config.headWidth())))
        .output();
  }

  private GraphValue attended(String name, GraphValue scores, GraphValue values)
      throws IOException {
    GraphValue heads = graph.matMul(graph.softmax(scores, -1), values);
    GraphValue joined = graph.reshape(graph.transpose(heads, 0, 2, 1, 3), 0, 0, config.width());
    return linear(name + "out_proj", joined, config.width(), config.width());
  }

  private GraphValue feedForward(String name, GraphValue x) throws IOException {
    int inner = config.feedForwardWidth();
    GraphValue expanded = linear(name + "fc1", x, inner, config.width());
    return linear(
        name + "fc2", graph.node("Gelu").inputs(expanded).output(), config.width(), inner);
  }

  /** From (1, n, D) to (1, heads, n, headWidth). */
  private GraphValue inHeads(GraphValue x) {
    return graph.transpose(graph.reshape(x, 0, 0, config.heads(), config.headWidth()), 0, 2, 1, 3);
  }

  private GraphValue linear(String name, GraphValue x, int to, int from) throws IOException {
    return graph.add(matMul(name, x, to, from), weight(name + ".bias", to));
  }

  private GraphValue matMul(String name, GraphValue x, int to, int from) throws IOException {
    return graph.matMulTransposed(x, weight(name + ".weight", to, from));
  }

  private GraphValue norm(String name, GraphValue x) throws IOException {
    int width = config.width();
    return graph.layerNorm(x, weight(name + ".weight", width), weight(name + ".bias", width));
  }

  private GraphValue weight(String name, long... shape) throws IOException {
    return graph.weight("decoder." + name, weights.stored(name, shape));
  }
}
