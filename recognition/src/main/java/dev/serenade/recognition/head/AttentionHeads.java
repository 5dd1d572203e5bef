package dev.serenade.recognition.head;

/** What the poolings with attention heads share. */
final class AttentionHeads {

  private AttentionHeads() {}

  static void check(int heads, int headWidth) {
    if (heads < 1 || headWidth < 1) {
      throw new IllegalArgumentException(
          "at least 1 head of width at least 1 is needed, found %d of width %d"
              .formatted(heads, headWidth));
    }
  }

  /**
   * Sums the values of each head by its weights.
   *
   * @param weights shape (B, H, 1, T)
   * @param values shape (B, T, H * width)
   * @return the heads side by side, shape (B, 1, H * width)
   */
  static <T> T attend(TensorOperators<T> operators, T weights, T values, int heads) {
    return operators.joinHeads(operators.matMul(weights, operators.splitHeads(values, heads)));
  }
}
