package dev.serenade.recognition.head;

import java.util.List;

/**
 * Which of the encoder's layers a head reads, and how it makes one of them.
 *
 * <p>For each frame, with hidden states x_1 .. x_N of N layers, each of width D and normalised, a
 * fusion gives one vector x. The encoder is computed up to the highest layer and not further.
 *
 * <p>As text, on the command line and in model files: {@code 3}, {@code weighted:2-5}, {@code
 * attention:1-6}, {@code concat:2,3,6}.
 */
public sealed interface LayerFusion
    permits SingleLayer, WeightedLayers, AttendedLayers, ConcatenatedLayers {

  /** Returns the layers in ascending order, all different; at least one. */
  List<Integer> layers();

  /** Returns the text that {@link #parse} reads. */
  String text();

  /**
   * Returns the width of what comes out.
   *
   * @param width D
   */
  int fusedWidth(int width);

  /**
   * Returns the learned tensors, in a fixed order; their names start with {@code fusion}.
   *
   * @param width D
   */
  List<ParameterSpec> parameters(int width);

  /**
   * Fuses.
   *
   * @param states the normalised states of all layers side by side, shape (.., N D)
   * @return shape (.., fused width)
   */
  <T> T fuse(TensorOperators<T> operators, ClipFrames<T> frames, T states);

  /** Returns whether what comes out is what goes in, so that it stays the same in training. */
  boolean isIdentity();

  /** Returns the lowest format version of model files that can hold this, see {@link HeadSpec}. */
  default int formatVersion() {
    return 2;
  }

  /** Returns the highest layer: the encoder is computed so far. */
  default int highest() {
    return layers().get(layers().size() - 1);
  }

  /**
   * Reads a number from 0, {@code middle}, {@code last}, or one of {@code weighted}, {@code
   * attention} and {@code concat}, each alone, for all layers from 1 on, or with layers: {@code
   * weighted:2-5}, {@code concat:2,3}, {@code concat:middle}, which leaves out the first third and
   * the last: 2-5 of 6 blocks, 2-3 of 4, 4-11 of 12.
   *
   * @param blocks L, of the encoder; the middle of 6 blocks is 3, of 5 too
   * @throws IllegalArgumentException if it is none of these, or there is no such layer
   */
  static LayerFusion parse(String text, int blocks) {
    return new LayerText(text, blocks).read();
  }
}
