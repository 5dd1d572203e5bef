package dev.serenade.recognition.head;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Mean and standard deviation over frames.
 *
 * <pre>{@code
 * m = 1/T sum_t h_t                          shape (P)
 * s = sqrt(1/T sum_t (h_t - m)^2 + 1e-5)     shape (P)
 * o = W_O [m; s] + b_O                       W_O (P, 2P)
 * z = norm(o, m)                             embedding, shape (P)
 * }</pre>
 *
 * <p>Snyder et al., "Deep neural network embeddings for text-independent speaker verification",
 * Interspeech 2017; there the pair [m; s] goes on as it is, here a Linear brings it back to width
 * P. A clip of one frame has s = sqrt(1e-5). There is no dropout.
 *
 * @param norm what follows the output Linear
 */
public record StatisticsPooling(OutputNorm norm) implements Pooling {

  static final String KIND = "statistics";

  /** Keeps the gradient of the square root finite where a dimension does not vary. */
  private static final double EPSILON = 1e-5;

  private static final String OUTPUT = KIND + ".output";
  private static final String NORM = KIND + ".norm";

  static StatisticsPooling read(JsonMembers members) {
    return new StatisticsPooling(members.constant("norm", OutputNorm.class));
  }

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
    return ParameterSpec.concat(
        ParameterSpec.linear(OUTPUT, 2 * width, width), norm.parameters(NORM, width));
  }

  @Override
  public <T> Pooled<T> pool(TensorOperators<T> operators, Frames<T> frames) {
    T difference = operators.subtract(frames.states(), frames.mean());
    T variance = operators.matMul(frames.meanWeights(), operators.multiply(difference, difference));
    T deviation = operators.squareRoot(variance, EPSILON);
    T output = operators.linear(OUTPUT, operators.concat(frames.mean(), deviation));
    return new Pooled<>(norm.apply(operators, NORM, output, frames.mean()), frames.meanWeights());
  }

  /** Not in the released code; ends as its poolings do. */
  @Override
  public Pooling asReleased() {
    return new StatisticsPooling(OutputNorm.NORM);
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = JsonMembers.object(KIND);
    json.addProperty("norm", JsonMembers.name(norm));
    return json;
  }
}
