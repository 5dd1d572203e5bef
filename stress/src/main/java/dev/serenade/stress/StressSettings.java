package dev.serenade.stress;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a run is to be done.
 *
 * @param clips how many clips to draw; all if there are no more
 * @param groups which tests to run
 * @param seed of the sample, of all that is left to chance in a change, and of intervals
 * @param threads how many clips to work on at once; does not change results
 */
public record StressSettings(int clips, Set<StressGroup> groups, long seed, int threads) {

  /** Enough for intervals of some points, few enough for minutes. */
  public static final int DEFAULT_CLIPS = 200;

  /** Checks the numbers and copies the set. */
  public StressSettings {
    if (clips < 1) {
      throw new IllegalArgumentException("at least 1 clip is needed, found " + clips);
    }
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("at least one group of tests is needed, found none");
    }
    groups = Set.copyOf(EnumSet.copyOf(groups));
  }
}
