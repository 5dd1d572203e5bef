package dev.serenade.recognition.head;

import java.util.List;

/**
 * One layer, as in the paper: x is x_1.
 *
 * @param layer from 0, what goes into the first block, to L
 */
public record SingleLayer(int layer) implements LayerFusion {

  @Override
  public List<Integer> layers() {
    return List.of(layer);
  }

  @Override
  public String text() {
    return Integer.toString(layer);
  }

  @Override
  public int fusedWidth(int width) {
    return width;
  }

  @Override
  public boolean isIdentity() {
    return true;
  }

  @Override
  public int formatVersion() {
    return 1;
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
