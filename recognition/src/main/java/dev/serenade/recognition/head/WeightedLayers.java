package dev.serenade.recognition.head;

import java.util.List;

/**
 * A weighted sum of layers, the same for every clip and frame.
 *
 * <pre>{@code
 * x = sum_l s_l x_l        s = softmax(w), w (N) learned, at first 0
 * }</pre>
 *
 * <p>As Peters et al., "Deep contextualized word representations", NAACL 2018, and SUPERB (Yang et
 * al., Interspeech 2021) do with all layers of an encoder, without their overall scale, which the
 * projector has.
 *
 * @param layers two or more
 */
public record WeightedLayers(List<Integer> layers) implements LayerFusion {

  static final String KIND = "weighted";

  private static final String WEIGHTS = "fusion.weights";

  /** Checks and copies the layers. */
  public WeightedLayers {
    layers = SeveralLayers.checked(KIND, layers);
  }

  @Override
  public String text() {
    return KIND + ":" + LayerText.of(layers);
  }

  @Override
  public int fusedWidth(int width) {
    return width;
  }

  @Override
  public boolean isIdentity() {
    return false;
  }

  @Override
  public List<ParameterSpec> parameters(int width) {
    return List.of(ParameterSpec.zeros(WEIGHTS, layers.size()));
  }

  @Override
  public <T> T fuse(TensorOperators<T> operators, ClipFrames<T> frames, T states) {
    T weights = operators.softmax(operators.parameter(WEIGHTS));
    return operators.matMul(weights, operators.splitLast(states, layers.size()));
  }
}
