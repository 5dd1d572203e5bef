package dev.serenade.whisper;

import dev.serenade.audio.Waveform;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Clips to encode, and how far two results are from each other. */
final class States {

  private States() {}

  static SortedSet<Integer> layers(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  static Waveform noise(int samples, long seed) {
    Random random = new Random(seed);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    return Waveform.of(noise);
  }

  /** Returns the norm of the difference over the norm of what was expected. */
  static double distance(HiddenStates found, double[][] expected) {
    double difference = 0;
    double norm = 0;
    for (int t = 0; t < found.frames(); t++) {
      for (int d = 0; d < found.width(); d++) {
        difference += Math.pow(found.get(t, d) - expected[t][d], 2);
        norm += Math.pow(expected[t][d], 2);
      }
    }
    return Math.sqrt(difference / norm);
  }

  /** Returns the same for two results of the encoder, which must have equal shapes. */
  static double distance(HiddenStates found, HiddenStates expected) {
    if (found.frames() != expected.frames() || found.width() != expected.width()) {
      throw new AssertionError("expected %s, found %s".formatted(expected, found));
    }
    double[][] values = new double[expected.frames()][expected.width()];
    for (int t = 0; t < values.length; t++) {
      for (int d = 0; d < values[t].length; d++) {
        values[t][d] = expected.get(t, d);
      }
    }
    return distance(found, values);
  }
}
