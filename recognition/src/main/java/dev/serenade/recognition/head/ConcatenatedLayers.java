package dev.serenade.recognition.head;

import java.util.List;

/**
 * Several layers side by side: the projector sees them all.
 *
 * <pre>{@code
 * x = [x_1; ..; x_N]        shape (N D)
 * }</pre>
 *
 * @param layers two or more
 */
public record ConcatenatedLayers(List<Integer> layers) implements LayerFusion {

  static final String KIND = "concat";

  /** Checks and copies the layers. */
  public ConcatenatedLayers {
    layers = SeveralLayers.checked(KIND, layers);
  }

  @Override
  public String text() {
    return KIND + ":" + LayerText.of(layers);
  }

  @Override
  public int fusedWidth(int width) {
    return layers.size() * width;
  }

  @Override
  public boolean isIdentity() {
    return true;
  }

  @Override
  public List<ParameterSpec> parameters(int width) {
    return List.of();
  }

  @Override
  public <T> T fuse(TensorOperators<T> operators, ClipFrames<T> frames, T states) {
    return states;
  }
}
