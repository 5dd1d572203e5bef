package dev.serenade.audio.speech;

/**
 * A stretch of speech.
 *
 * @param startSample its first sample, at 16 kHz, counted from 0
 * @param endSample the one after its last
 */
public record SpeechSpan(long startSample, long endSample) {

  /** Checks that it is not empty and does not start before the sound. */
  public SpeechSpan {
    if (startSample < 0 || endSample <= startSample) {
      throw new IllegalArgumentException(
          "expected a span from sample 0 on of at least one, found %d to %d"
              .formatted(startSample, endSample));
    }
  }
}
