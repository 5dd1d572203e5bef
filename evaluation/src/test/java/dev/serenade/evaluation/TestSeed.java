package dev.serenade.evaluation;

import java.util.stream.LongStream;

/** The seeds of a random test: many, or the one in {@code -Dtest.seed} to replay a failure. */
public final class TestSeed {

  private TestSeed() {}

  public static LongStream seeds() {
    String replay = System.getProperty("test.seed", "");
    return replay.isEmpty() ? LongStream.range(0, 40) : LongStream.of(Long.parseLong(replay));
  }
}
