package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;

/** From one sample (inclusive) to another (exclusive), counted from the start of the sound. */
record SampleRange(long start, long end) {

  SampleRange {
    if (!(0 <= start && start < end)) {
      throw new IllegalArgumentException(
          "expected a range of samples, found %d to %d".formatted(start, end));
    }
  }

  long length() {
    return end - start;
  }

  double startSeconds() {
    return (double) start / Waveform.SAMPLE_RATE_HZ;
  }

  double endSeconds() {
    return (double) end / Waveform.SAMPLE_RATE_HZ;
  }

  double seconds() {
    return (double) length() / Waveform.SAMPLE_RATE_HZ;
  }

  /** Returns how many samples this and another range share. */
  long shared(SampleRange other) {
    return Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
  }
}
