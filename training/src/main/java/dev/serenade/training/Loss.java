package dev.serenade.training;

/** What training makes small; p_y is the probability of the right class. */
public enum Loss {
  /** Cross-entropy, -log p_y. */
  CROSS_ENTROPY,
  /**
   * Focal loss, -(1 - p_y)^2 log p_y, which cares less for what is already right. Lin et al.,
   * "Focal loss for dense object detection", ICCV 2017; gamma is 2 there and in the paper's
   * released code.
   */
  FOCAL
}
