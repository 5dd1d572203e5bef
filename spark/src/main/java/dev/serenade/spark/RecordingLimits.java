package dev.serenade.spark;

import java.io.Serializable;

/**
 * How long and how large a recording may be; a longer or larger one is a row with an error.
 *
 * @param maximumSeconds longest sound, in seconds, positive
 * @param maximumBytes largest file, positive
 */
public record RecordingLimits(double maximumSeconds, long maximumBytes) implements Serializable {

  /** A day, and 16 GiB. Memory does not grow with either; this bounds how long a task may take. */
  public static final RecordingLimits DEFAULT = new RecordingLimits(86_400, 16L << 30);

  /** Checks that both are positive. */
  public RecordingLimits {
    if (!(maximumSeconds > 0)) {
      throw new IllegalArgumentException(
          "expected a maximum of more than 0 s, found " + maximumSeconds);
    }
    if (maximumBytes <= 0) {
      throw new IllegalArgumentException(
          "expected a maximum of more than 0 bytes, found " + maximumBytes);
    }
  }
}
