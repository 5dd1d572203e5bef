package dev.serenade.evaluation;

/** A number that predictions are summed up in, and by which runs can be compared. */
public interface Measure {

  /** Returns the name used in files for programs, such as {@code unweightedAverageRecall}. */
  String key();

  /** Returns the name used in tables, such as {@code UA}. */
  String shortName();

  /** Returns whether a smaller number is better, as of an error. */
  default boolean lessIsBetter() {
    return false;
  }

  /** Returns whether it is a share, in [0, 1], which people read in percent. */
  default boolean isShare() {
    return true;
  }
}
