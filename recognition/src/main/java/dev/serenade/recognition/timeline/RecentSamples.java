package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import java.util.Arrays;

/** The samples of a stream that may still be asked for. Used by one thread. */
final class RecentSamples {

  private float[] samples = new float[0];

  /** Where in the stream the first of them stands. */
  private long first;

  private int length;

  /** Adds the next samples. */
  void append(Waveform next) {
    if (length + next.length() > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(length + next.length(), 3 * length / 2));
    }
    System.arraycopy(next.toArray(), 0, samples, length, next.length());
    length += next.length();
  }

  /** Returns how many samples there were in all. */
  long end() {
    return first + length;
  }

  /** Returns a part that was not forgotten. */
  Waveform slice(SampleRange range) {
    return Waveform.of(
        Arrays.copyOfRange(samples, (int) (range.start() - first), (int) (range.end() - first)));
  }

  /** Drops all samples before this one. */
  void forget(long before) {
    int gone = (int) Math.min(length, before - first);
    if (gone > 0) {
      System.arraycopy(samples, gone, samples, 0, length - gone);
      first += gone;
      length -= gone;
    }
  }
}
