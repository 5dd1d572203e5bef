package dev.serenade.training;

/** How much an example counts in the loss. */
public enum ClassWeights {
  /** Every example counts the same. */
  NONE,
  /**
   * Every class counts the same: an example of a class with n of N examples in C classes, N/(C n).
   */
  BALANCED
}
