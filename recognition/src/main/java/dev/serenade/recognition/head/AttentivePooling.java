package dev.serenade.recognition.head;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Multi-head attentive average: a small network scores each frame.
 *
 * <p>For each of H heads, of width d:
 *
 * <pre>{@code
 * e_t = w2 . tanh(W_1 h_t + b_1)       W_1 (d, P), w2 (d); divided by sqrt(d) where scaled
 * a   = softmax_t(e)                   attention weights, sum to 1 over the clip's frames
 * c   = sum_t a_t (W_V h_t + b_V)      W_V (d, P)
 * }</pre>
 *
 * <p>and together:
 *
 * <pre>{@code
 * o = W_O [c of head 1; ..; c of head H] + b_O     W_O (P, H d)
 * z = norm(o, mean_t(h))                           embedding, shape (P)
 * }</pre>
 *
 * <p>From arXiv 2602.06000. The paper adds a constant k to e_t, which the softmax takes away again,
 * so there is none here. Its released code scales the scores, lets every head's score see the tanh
 * of all heads, and ends in {@link OutputNorm#NORM}:
 *
 * <pre>{@code
 * e_t = w2 . tanh(u_t), u_t = [W_1 h_t + b_1 of head 1; ..; of head H]     w2 (H d), where mixed
 * }</pre>
 *
 * <p>Dropout falls on the tanh; in the released code on u_t and on the values.
 *
 * @param heads H, at least 1
 * @param headWidth d, at least 1
 * @param scaled whether scores are divided by sqrt(d)
 * @param mixed whether a head's score sees the tanh of all heads, not of its own only
 * @param norm what follows the output Linear
 */
public record AttentivePooling(
    int heads, int headWidth, boolean scaled, boolean mixed, OutputNorm norm) implements Pooling {

  static final String KIND = "attentive";

  private static final String SCORE = KIND + ".score";
  private static final String SCORE_ROWS = KIND + ".score2.weight";
  private static final String VALUE = KIND + ".value";
  private static final String OUTPUT = KIND + ".output";
  private static final String NORM = KIND + ".norm";

  /** Checks that there is a head. */
  public AttentivePooling {
    AttentionHeads.check(heads, headWidth);
  }

  /** Returns the pooling of the paper's equations, with the Add and Norm of its figure. */
  public static AttentivePooling of(int heads, int headWidth) {
    return new AttentivePooling(heads, headWidth, false, false, OutputNorm.ADD_AND_NORM);
  }

  static AttentivePooling read(JsonMembers members) {
    return new AttentivePooling(
        members.integer("heads"),
        members.integer("headWidth"),
        members.flag("scaled"),
        members.flag("mixed", false),
        members.constant("norm", OutputNorm.class));
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
        ParameterSpec.linear(SCORE, width, inner),
        List.of(ParameterSpec.headRows(SCORE_ROWS, heads, mixed ? inner : headWidth)),
        ParameterSpec.linear(VALUE, width, inner),
        ParameterSpec.linear(OUTPUT, inner, width),
        norm.parameters(NORM, width));
  }

  @Override
  public int formatVersion() {
    return mixed ? 3 : 1;
  }

  @Override
  public <T> Pooled<T> pool(TensorOperators<T> operators, Frames<T> frames) {
    T hidden = operators.dropout(operators.tanh(operators.linear(SCORE, frames.states())));
    // All heads at once, or one group of as many values for each.
    T groups = operators.splitHeads(hidden, mixed ? 1 : heads);
    T scores = operators.matMul(operators.headRows(SCORE_ROWS), operators.transpose(groups));
    if (scaled) {
      scores = operators.scale(scores, 1 / Math.sqrt(headWidth));
    }
    T weights = operators.attentionWeights(scores, frames.mask());
    T values = operators.linear(VALUE, frames.states());
    T attended = operators.matMul(weights, operators.splitHeads(values, heads));
    T output = operators.linear(OUTPUT, operators.joinHeads(attended));
    return new Pooled<>(
        norm.apply(operators, NORM, output, frames.mean()), operators.squeeze(weights, 2));
  }

  @Override
  public Pooling asReleased() {
    return new AttentivePooling(heads, headWidth, true, true, OutputNorm.NORM);
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = JsonMembers.object(KIND);
    json.addProperty("heads", heads);
    json.addProperty("headWidth", headWidth);
    json.addProperty("scaled", scaled);
    if (mixed) {
      json.addProperty("mixed", true);
    }
    json.addProperty("norm", JsonMembers.name(norm));
    return json;
  }
}
