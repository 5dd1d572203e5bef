package dev.serenade.transcription;

import dev.serenade.audio.Waveform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Hears a recording of any length piece by piece, and writes down each window of 30 s as soon as it
 * is full. A language that was found out in the first window is that of all.
 *
 * <p>Used by one thread at a time.
 */
public final class TranscriptStream {

  private final Transcriber transcriber;
  private final float[] window;
  private final List<Transcript> parts = new ArrayList<>();
  private Optional<String> language;
  private int filled;

  TranscriptStream(Transcriber transcriber, Optional<String> language) {
    this.transcriber = transcriber;
    this.language = language;
    this.window = new float[transcriber.longestSamples()];
  }

  /** Hears the next samples. */
  public void push(Waveform samples) {
    float[] values = samples.toArray();
    int taken = 0;
    while (taken < values.length) {
      int count = Math.min(values.length - taken, window.length - filled);
      System.arraycopy(values, taken, window, filled, count);
      taken += count;
      filled += count;
      if (filled == window.length) {
        transcribe();
      }
    }
  }

  private void transcribe() {
    Transcript part = transcriber.transcribe(Waveform.of(Arrays.copyOf(window, filled)), language);
    parts.add(part);
    language = language.or(part::language);
    filled = 0;
  }

  /** Hears that there is no more to come, and returns what was said in all. */
  public Transcript finish() {
    if (filled > 0) {
      transcribe();
    }
    return parts.isEmpty() ? Transcript.NOTHING : Transcript.joined(parts);
  }
}
