package dev.serenade.speed;

import java.util.List;

/**
 * How long the same thing took each time it was measured.
 *
 * <p>Other programs only ever add to a time, so the quickest is the best estimate of what the thing
 * itself takes; how far the others lie from it says how quiet the machine was.
 *
 * @param milliseconds at least one, all above 0; kept in ascending order
 */
public record Timings(List<Double> milliseconds) {

  /** Checks and sorts them. */
  public Timings {
    milliseconds = milliseconds.stream().sorted().toList();
    if (milliseconds.isEmpty() || !(milliseconds.get(0) > 0)) {
      throw new IllegalArgumentException(
          "expected at least one time, all above 0 ms, found " + milliseconds);
    }
  }

  /** Returns the shortest. */
  public double best() {
    return milliseconds.get(0);
  }

  /** Returns the one in the middle, or the mean of the two. */
  public double median() {
    int half = milliseconds.size() / 2;
    return milliseconds.size() % 2 == 1
        ? milliseconds.get(half)
        : (milliseconds.get(half - 1) + milliseconds.get(half)) / 2;
  }

  /** Returns the longest. */
  public double slowest() {
    return milliseconds.get(milliseconds.size() - 1);
  }

  /** Returns these times divided by a number, such as that of clips that were done together. */
  public Timings dividedBy(double divisor) {
    return new Timings(milliseconds.stream().map(time -> time / divisor).toList());
  }
}
