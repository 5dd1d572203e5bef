package dev.serenade.recognition.head;

import java.util.List;

/**
 * The way from hidden states x_t to frames of width P.
 *
 * <pre>{@code
 * h_t = LayerNorm(W_P x_t + b_P)        W_P (P, D), D the width of what comes in
 * }</pre>
 *
 * <p>The normalisation's gain and bias are learned in either case.
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
  PCA;

  static final String LAYER = "projector";

  List<ParameterSpec> parameters(int in, int out) {
    return this == PCA
        ? ParameterSpec.measuredLinear(LAYER, in, out)
        : ParameterSpec.linear(LAYER, in, out);
  }

  <T> T apply(TensorOperators<T> operators, T x) {
    return operators.linear(LAYER, x);
  }

  /** Checks that what comes in is the same throughout training, and wide enough. */
  void check(LayerFusion fusion, int inputWidth, int projectionWidth) {
    if (this != PCA) {
      return;
    }
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
    return this == LEARNED ? 1 : 3;
  }
}
