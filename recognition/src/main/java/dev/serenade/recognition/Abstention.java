package dev.serenade.recognition;

/** Whether scores are an answer, and if not, why. */
public enum Abstention {
  /** They are. */
  NONE,
  /** There was nothing to hear: digital silence. The scores mean nothing. */
  SILENT,
  /** The likeliest emotion is less probable than was asked for. The scores are as good as any. */
  UNSURE;

  /** Returns this, or {@link #UNSURE} if nothing else kept from answering and it is not sure. */
  public Abstention orUnsure(double confidence, double least) {
    return this == NONE && confidence < least ? UNSURE : this;
  }
}
