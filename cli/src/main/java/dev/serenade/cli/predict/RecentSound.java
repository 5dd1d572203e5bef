package dev.serenade.cli.predict;

import dev.serenade.audio.Waveform;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** The sound of a recording since the last part that was taken from it. For one thread. */
final class RecentSound {

  private float[] samples = new float[0];
  private int count;

  /** Where the samples begin in the recording. */
  private long first;

  /** Hears the next samples. */
  void push(Waveform next) {
    int needed = Math.addExact(count, next.length());
    if (needed > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(needed, samples.length + samples.length / 2));
    }
    next.copyTo(FloatBuffer.wrap(samples, count, next.length()));
    count = needed;
  }

  /**
   * Returns a part of the recording, so far as it was heard, and forgets all up to its end.
   *
   * @param startSeconds not before the end of the part that was taken last
   */
  Waveform take(double startSeconds, double endSeconds) {
    int from = index(startSeconds);
    int to = Math.max(from, index(endSeconds));
    Waveform part = Waveform.of(Arrays.copyOfRange(samples, from, to));
    System.arraycopy(samples, to, samples, 0, count - to);
    count -= to;
    first += to;
    return part;
  }

  private int index(double seconds) {
    long index = Math.round(seconds * Waveform.SAMPLE_RATE_HZ) - first;
    return (int) Math.max(0, Math.min(count, index));
  }
}
