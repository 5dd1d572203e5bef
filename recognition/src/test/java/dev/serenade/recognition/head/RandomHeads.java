package dev.serenade.recognition.head;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Heads and inputs of random values, and the seeds to draw them from. */
final class RandomHeads {

  private RandomHeads() {}

  /** Returns many seeds, or the one in {@code -Dtest.seed} to replay a failure. */
  static LongStream seeds() {
    String replay = System.getProperty("test.seed", "");
    return replay.isEmpty() ? LongStream.range(0, 10) : LongStream.of(Long.parseLong(replay));
  }

  static Head head(HeadSpec spec, SplittableRandom random) {
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      parameters.put(
          parameter.name(),
          parameter.learned()
              ? tensor(random, 1, parameter.dimensions())
              : positive(random, parameter.dimensions()));
    }
    return Head.of(spec, parameters);
  }

  /** Returns values such as deviations have, uniform in [0.5, 2]. */
  private static FloatTensor positive(SplittableRandom random, long... shape) {
    var values = FloatTensor.allocate(shape);
    for (int i = 0; i < values.limit(); i++) {
      values.put(i, (float) random.nextDouble(0.5, 2));
    }
    return FloatTensor.wrap(values, shape);
  }

  /** Returns values uniform in [-range, range]. */
  static FloatTensor tensor(SplittableRandom random, double range, long... shape) {
    var values = FloatTensor.allocate(shape);
    for (int i = 0; i < values.limit(); i++) {
      values.put(i, (float) (range * (2 * random.nextDouble() - 1)));
    }
    return FloatTensor.wrap(values, shape);
  }
}
