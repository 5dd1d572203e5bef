package dev.serenade.audio;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Mono sound at 16 kHz, the rate Whisper hears, as samples that are nominally in [-1, 1].
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Waveform {

  /** The sampling rate of every waveform, in hertz. */
  public static final int SAMPLE_RATE_HZ = 16_000;

  private final float[] samples;

  private Waveform(float[] samples) {
    this.samples = samples;
  }

  /**
   * Returns a waveform that holds a copy of these samples.
   *
   * @param samples mono, 16 kHz; 1.0 is full scale
   * @throws IllegalArgumentException if a sample is NaN or infinite
   */
  public static Waveform of(float... samples) {
    float[] copy = samples.clone();
    for (int i = 0; i < copy.length; i++) {
      if (!Float.isFinite(copy[i])) {
        throw new IllegalArgumentException(
            "samples must be finite numbers, found %s at sample %d".formatted(copy[i], i));
      }
    }
    return new Waveform(copy);
  }

  /** Returns a waveform of samples that are known to be finite, without copying them. */
  static Waveform owning(float[] samples) {
    return new Waveform(samples);
  }

  /** Returns how many samples there are; may be 0. */
  public int length() {
    return samples.length;
  }

  /** Returns how long the sound lasts, in seconds. */
  public double durationSeconds() {
    return (double) samples.length / SAMPLE_RATE_HZ;
  }

  /** Returns the sample at this position, counted from 0. */
  public float get(int index) {
    return samples[index];
  }

  /**
   * Returns the part from one sample (inclusive) to another (exclusive).
   *
   * @throws IndexOutOfBoundsException if the range does not lie within this waveform
   */
  public Waveform slice(int fromSample, int toSample) {
    Objects.checkFromToIndex(fromSample, toSample, samples.length);
    return new Waveform(Arrays.copyOfRange(samples, fromSample, toSample));
  }

  /** Writes all samples to a buffer, at its position. */
  public void copyTo(FloatBuffer target) {
    target.put(samples);
  }

  /** Returns a copy of the samples. */
  public float[] toArray() {
    return samples.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Waveform that && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "Waveform[%.3f s]".formatted(durationSeconds());
  }
}
