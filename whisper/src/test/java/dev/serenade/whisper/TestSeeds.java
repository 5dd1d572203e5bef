package dev.serenade.whisper;

import java.util.stream.LongStream;

/**
 * The seeds of a random test: 1 to a count, or the one in {@code -Dtest.seed} to replay a failure.
 */
public final class TestSeeds {

  private TestSeeds() {}

  /** Returns the seeds to try; say which one failed as {@code -Dtest.seed=...}. */
  public static LongStream upTo(int count) {
    String replay = System.getProperty("test.seed", "");
    return replay.isEmpty()
        ? LongStream.rangeClosed(1, count)
        : LongStream.of(Long.parseLong(replay));
  }
}
