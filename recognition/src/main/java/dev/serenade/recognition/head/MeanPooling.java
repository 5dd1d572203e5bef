package dev.serenade.recognition.head;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * The mean over frames, the paper's baseline.
 *
 * <pre>{@code
 * z = 1/T sum_t h_t        embedding, shape (P)
 * }</pre>
 *
 * <p>It learns nothing, and there is no dropout.
 */
public record MeanPooling() implements Pooling {

  static final String KIND = "mean";

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
    return List.of();
  }

  @Override
  public <T> Pooled<T> pool(TensorOperators<T> operators, Frames<T> frames) {
    return new Pooled<>(frames.mean(), frames.meanWeights());
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
