package dev.serenade.recognition.head;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A mean of frames that are weighted by one number each.
 *
 * <pre>{@code
 * e_t = leaky(w . h_t + b)      w (P), b a number; leaky(x) = x where x > 0, x / 100 elsewhere
 * a   = softmax_t(e)            attention weights, sum to 1 over the clip's frames
 * z   = sum_t a_t h_t           embedding, shape (P)
 * }</pre>
 *
 * <p>An ablation in the released code of arXiv 2602.06000. There, scores pass through a ReLU that
 * is not leaky, so that frames with a score below 0 all weigh the same and teach w nothing; and a
 * leaky ReLU lies between the projector's Linear and its LayerNorm. There is no dropout, and a w of
 * zero gives {@link MeanPooling}.
 */
public record WeightedMeanPooling() implements Pooling {

  static final String KIND = "weighted-mean";

  private static final String SCORE = KIND + ".score";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int attentionHeads() {
    return 1;
  }

  @Override
  public List<ParameterSpec> parameters(int width) {
    return ParameterSpec.linear(SCORE, width, 1);
  }

  @Override
  public int formatVersion() {
    return 3;
  }

  @Override
  public <T> Pooled<T> pool(TensorOperators<T> operators, Frames<T> frames) {
    T scores = operators.leakyRelu(operators.linear(SCORE, frames.states()));
    T row = operators.transpose(operators.splitHeads(scores, 1));
    T weights = operators.squeeze(operators.attentionWeights(row, frames.mask()), 2);
    return new Pooled<>(operators.matMul(weights, frames.states()), weights);
  }

  @Override
  public Pooling asReleased() {
    return this;
  }

  @Override
  public JsonObject toJson() {
    return JsonMembers.object(KIND);
  }
}
