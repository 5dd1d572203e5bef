package dev.serenade.corpus;

/**
 * A clip that was left out when a corpus was read, and why.
 *
 * @param path as in the manifest, or relative to the corpus's root
 * @param cause the kind of reason, to count by
 * @param reason a sentence for people, with the place where that helps
 */
public record SkippedClip(String path, Cause cause, String reason) {

  /** Why clips are left out. */
  public enum Cause {
    /** Listed, but no such file. */
    MISSING_FILE,
    /** A row or file name that does not have the expected form. */
    MALFORMED,
    /** Listed before. */
    DUPLICATE,
    /** Its class is left out, by the user or by the reader's definition of the corpus. */
    EXCLUDED,
    /** There, but without a label. */
    UNLABELLED
  }

  @Override
  public String toString() {
    return path + ": " + reason;
  }
}
