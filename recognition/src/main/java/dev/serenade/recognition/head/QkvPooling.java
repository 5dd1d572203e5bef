package dev.serenade.recognition.head;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Multi-head attention of one query over all frames.
 *
 * <p>For each of H heads, of width d:
 *
 * <pre>{@code
 * q   = W_Q mean_t(h) + b_Q            W_Q (d, P); or q itself is learned
 * e_t = q . (W_K h_t + b_K)            W_K (d, P); divided by sqrt(d) where scaled
 * a   = softmax_t(e)                   attention weights, sum to 1 over the clip's frames;
 *                                      softmax_t(tanh(e)) where bounded
 * c   = sum_t a_t (W_V h_t + b_V)      W_V (d, P)
 * }</pre>
 *
 * <p>where keys, values and c of all heads may interact, see {@link HeadInteraction}, and together:
 *
 * <pre>{@code
 * o = W_O [c of head 1; ..; c of head H] + b_O     W_O (P, H d)
 * z = norm(o, mean_t(h))                           embedding, shape (P)
 * }</pre>
 *
 * <p>From arXiv 2602.06000, whose query from the global mean follows the attention pool of CLIP
 * (Radford et al., ICML 2021). The paper's released code bounds the scores and ends in {@link
 * OutputNorm#NORM}. Its learned query with skip connection is {@link Query#LEARNED} with {@link
 * OutputNorm#ADD_AND_NORM}. Dropout falls on queries, keys and values. A query of zero gives every
 * frame the same weight.
 *
 * @param heads H, at least 1
 * @param headWidth d, at least 1
 * @param query where the query comes from
 * @param scaled whether scores are divided by sqrt(d)
 * @param bounded whether scores pass through tanh
 * @param norm what follows the output Linear
 * @param interaction how heads act on one another; not in the paper
 */
public record QkvPooling(
    int heads,
    int headWidth,
    Query query,
    boolean scaled,
    boolean bounded,
    OutputNorm norm,
    HeadInteraction interaction)
    implements Pooling {

  /** Where the query comes from. */
  public enum Query {
    /** A Linear of the clip's mean frame. */
    GLOBAL_MEAN,
    /** One learned vector per head, the same for every clip. */
    LEARNED
  }

  static final String KIND = "qkv";

  private static final String QUERY = KIND + ".query";
  private static final String QUERY_ROWS = KIND + ".query.learned";
  private static final String KEY = KIND + ".key";
  private static final String VALUE = KIND + ".value";
  private static final String OUTPUT = KIND + ".output";
  private static final String NORM = KIND + ".norm";

  /** Checks that there is a head, wide enough to interact. */
  public QkvPooling {
    AttentionHeads.check(heads, headWidth);
    interaction.check(headWidth);
  }

  /** Returns the pooling of the paper's equations, with the Add and Norm of its figure. */
  public static QkvPooling of(int heads, int headWidth) {
    return new QkvPooling(
        heads,
        headWidth,
        Query.GLOBAL_MEAN,
        true,
        false,
        OutputNorm.ADD_AND_NORM,
        HeadInteraction.NONE);
  }

  static QkvPooling read(JsonMembers members) {
    return new QkvPooling(
        members.integer("heads"),
        members.integer("headWidth"),
        members.constant("query", Query.class),
        members.flag("scaled"),
        members.flag("bounded"),
        members.constant("norm", OutputNorm.class),
        members.constant("interaction", HeadInteraction.NONE));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int attentionHeads() {
    return heads;
  }

  @Override
  public List<ParameterSpec> parameters(int width) {
    int inner = heads * headWidth;
    return ParameterSpec.concat(
        query == Query.LEARNED
            ? List.of(ParameterSpec.headRows(QUERY_ROWS, heads, headWidth))
            : ParameterSpec.linear(QUERY, width, inner),
        ParameterSpec.linear(KEY, width, inner),
        ParameterSpec.linear(VALUE, width, inner),
        ParameterSpec.linear(OUTPUT, inner, width),
        norm.parameters(NORM, width),
        interaction.parameters(KIND, heads, headWidth));
  }

  @Override
  public int formatVersion() {
    return interaction == HeadInteraction.NONE ? 1 : 3;
  }

  @Override
  public <T> Pooled<T> pool(TensorOperators<T> operators, Frames<T> frames) {
    T keys = interaction.keys(operators, KIND, perHead(operators, KEY, frames.states()));
    T scores = operators.matMul(queries(operators, frames.mean()), operators.transpose(keys));
    if (scaled) {
      scores = operators.scale(scores, 1 / Math.sqrt(headWidth));
    }
    if (bounded) {
      scores = operators.tanh(scores);
    }
    T weights = operators.attentionWeights(scores, frames.mask());
    T values = interaction.values(operators, KIND, perHead(operators, VALUE, frames.states()));
    T attended = interaction.outputs(operators, KIND, operators.matMul(weights, values), headWidth);
    T output = operators.linear(OUTPUT, operators.joinHeads(attended));
    return new Pooled<>(
        norm.apply(operators, NORM, output, frames.mean()), operators.squeeze(weights, 2));
  }

  /** Returns one row per head, shape (B or 1, H, 1, d). */
  private <T> T queries(TensorOperators<T> operators, T mean) {
    if (query == Query.LEARNED) {
      return operators.dropout(operators.headRows(QUERY_ROWS));
    }
    return perHead(operators, QUERY, mean);
  }

  private <T> T perHead(TensorOperators<T> operators, String layer, T x) {
    return operators.splitHeads(operators.dropout(operators.linear(layer, x)), heads);
  }

  @Override
  public Pooling asReleased() {
    return new QkvPooling(heads, headWidth, query, true, true, OutputNorm.NORM, interaction);
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = JsonMembers.object(KIND);
    json.addProperty("heads", heads);
    json.addProperty("headWidth", headWidth);
    json.addProperty("query", JsonMembers.name(query));
    json.addProperty("scaled", scaled);
    json.addProperty("bounded", bounded);
    json.addProperty("norm", JsonMembers.name(norm));
    if (interaction != HeadInteraction.NONE) {
      json.addProperty("interaction", JsonMembers.name(interaction));
    }
    return json;
  }
}
