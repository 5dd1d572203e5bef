package dev.serenade.analysis;

/** Says that a wish makes no sense, or that a model cannot do it. */
public final class DoubtException extends Exception {

  private final DoubtWish.Part part;

  DoubtException(DoubtWish.Part part, String message) {
    super(message);
    this.part = part;
  }

  /** Returns which part of the wish it is. */
  public DoubtWish.Part part() {
    return part;
  }
}
