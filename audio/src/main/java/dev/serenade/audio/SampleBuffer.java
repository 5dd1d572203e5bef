package dev.serenade.audio;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/** Collects the samples in a range of positions, and grows as they come. */
final class SampleBuffer implements SampleSink {

  // A header may lie about the length, so it is believed for at most this factor over what came.
  private static final int GROWTH_ON_TRUST = 16;

  private final long start;
  private final long end;
  private final long expected;
  private float[] samples;
  private int length;
  private long position;

  /**
   * Makes a buffer.
   *
   * @param first position of the first sample that will be given
   * @param start first position to keep
   * @param end position after the last to keep; at most 2^31 - 64 more than start
   * @param expected how many samples to expect, a hint; may be 0 or less
   */
  SampleBuffer(long first, long start, long end, long expected) {
    this.position = first;
    this.start = start;
    this.end = end;
    this.expected = Math.max(0, Math.min(expected, end - start));
    samples = new float[(int) Math.min(this.expected, 1 << 17)];
  }

  /** Takes the next samples and keeps those in the range. */
  @Override
  public void append(FloatPointer source, int count) {
    int from = (int) Math.min(count, Math.max(0, start - position));
    int to = (int) Math.max(from, Math.min(count, end - position));
    if (from < to) {
      reserve(length + (to - from));
      source.getPointer(from).get(samples, length, to - from);
      length += to - from;
    }
    position += count;
  }

  /** Tells whether the last sample of the range has come. */
  boolean isFull() {
    return position >= end;
  }

  int length() {
    return length;
  }

  /**
   * Returns the index, from one on, of the first number kept that {@linkplain SampleSink#isSample
   * is no sample}, or -1.
   */
  int firstNonSample(int from) {
    for (int i = from; i < length; i++) {
      if (!SampleSink.isSample(samples[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the first samples as a waveform; this buffer must not be used after. */
  Waveform toWaveform(int count) {
    return Waveform.owning(count == samples.length ? samples : Arrays.copyOf(samples, count));
  }

  private void reserve(int needed) {
    if (needed > samples.length) {
      long trusted = Math.min(expected, (long) samples.length * GROWTH_ON_TRUST);
      long grown = Math.max(trusted, samples.length + (samples.length >> 1));
      samples = Arrays.copyOf(samples, (int) Math.max(needed, Math.min(grown, end - start)));
    }
  }
}
