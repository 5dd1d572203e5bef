package dev.serenade.evaluation.explanation;

/**
 * A clip taken away in the order of an explanation, and in the reverse of it.
 *
 * @param mostFirst the deletion curve: what matters most goes first
 * @param leastFirst the curve of the reverse order
 */
public record OrderedRemoval(RemovalCurve mostFirst, RemovalCurve leastFirst) {

  /** Returns the insertion curve: from nothing, what matters most is put back first. */
  public RemovalCurve insertion() {
    return leastFirst.backwards();
  }
}
