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
}
