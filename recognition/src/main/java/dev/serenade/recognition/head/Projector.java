package dev.serenade.recognition.head;

import java.util.List;

/**
 * The way from hidden states x_t to frames of width P.
 *
 * <pre>{@code
 * h_t = LayerNorm(W_P x_t + b_P)        W_P (P, D), D the width of what comes in
 * h_t = max(W_P x_t + b_P, 0)           of RELU
 * h_t = x_t                             of NONE
 * }</pre>
 *
 * <p>The normalisation's gain and bias are learned, where there is one.
 */
public enum Projector {
  /** W_P and b_P are learned, as in the paper. */
  LEARNED,
  /**
   * The rows of W_P are the P principal components of x_t over the training frames, those of the
   * largest variances, largest first, each of length 1 and with its largest element positive; b_P
   * is minus W_P times the mean of x_t. They are measured once, before training, after the input
   * normalisation, and training does not change them; variances are not made equal. arXiv
   * 2602.06000 names cheaper dimension reduction as future work, and dimensionality reduction is a
   * subject of its follow-up, arXiv 2608.05165.
   */
  PCA,
  /**
   * W_P and b_P are learned, and what is below zero becomes zero; there is no normalisation. With
   * {@link MeanPooling} and P = 128 this is the head of EmoBox (Ma et al., Interspeech 2024),
   * {@code SuperbBaseModel} of its {@code examples/sb/classifier_head.py}: Linear, ReLU, mean over
   * the clip's frames, Linear.
   */
  RELU,
  /** There is none, and no normalisation: h_t = x_t, of width P = D. */
  NONE;

  static final String LAYER = "projector";
  private static final String NORM = LAYER + ".norm";

  List<ParameterSpec> parameters(int in, int out) {
    return switch (this) {
      case LEARNED ->
          ParameterSpec.concat(
              ParameterSpec.linear(LAYER, in, out), ParameterSpec.layerNorm(NORM, out));
      case PCA ->
          ParameterSpec.concat(
              ParameterSpec.measuredLinear(LAYER, in, out), ParameterSpec.layerNorm(NORM, out));
      case RELU -> ParameterSpec.linear(LAYER, in, out);
      case NONE -> List.of();
    };
  }

  <T> T apply(TensorOperators<T> operators, T x) {
    return switch (this) {
      case LEARNED, PCA -> operators.layerNorm(NORM, operators.linear(LAYER, x));
      case RELU -> operators.relu(operators.linear(LAYER, x));
      case NONE -> x;
    };
  }

  /** Checks that there can be such a projector. */
  void check(LayerFusion fusion, int inputWidth, int projectionWidth) {
    switch (this) {
      case LEARNED, RELU -> {}
      case PCA -> checkComponents(fusion, inputWidth, projectionWidth);
      case NONE -> {
        if (projectionWidth != fusion.fusedWidth(inputWidth)) {
          throw new IllegalArgumentException(
              "expected frames without a projector to stay as wide as hidden states, %d, found %d"
                  .formatted(fusion.fusedWidth(inputWidth), projectionWidth));
        }
      }
    }
  }

  /** Checks that what comes in is the same throughout training, and wide enough. */
  private static void checkComponents(LayerFusion fusion, int inputWidth, int projectionWidth) {
    if (!fusion.isIdentity()) {
      throw new IllegalArgumentException(
          "a pca projector is measured before training, so it expects one layer or concat, found "
              + fusion.text());
    }
    if (projectionWidth > fusion.fusedWidth(inputWidth)) {
      throw new IllegalArgumentException(
          "expected at most as many principal components as hidden states are wide, %d, found %d"
              .formatted(fusion.fusedWidth(inputWidth), projectionWidth));
    }
  }

  int formatVersion() {
    return switch (this) {
      case LEARNED -> 1;
      case PCA -> 3;
      case RELU, NONE -> 4;
    };
  }
}
