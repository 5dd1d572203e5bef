package dev.serenade.whisper;

import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.FloatBuffer;

/**
 * What Whisper hears of a clip: shape (melBands, frames), a frame every 10 ms, values within 2 of
 * each other by construction. Immutable and safe for use by many threads.
 */
public final class LogMelSpectrogram {

  private final FloatBuffer values;
  private final int melBands;
  private final int frames;

  private LogMelSpectrogram(FloatBuffer values, int melBands, int frames) {
    this.values = values;
    this.melBands = melBands;
    this.frames = frames;
  }

  static LogMelSpectrogram of(FloatTensor batch, int clip) {
    long[] shape = batch.shape();
    int size = (int) (shape[1] * shape[2]);
    return new LogMelSpectrogram(
        batch.values().slice(clip * size, size), (int) shape[1], (int) shape[2]);
  }

  /** Returns how many bands there are, 80 or 128. */
  public int melBands() {
    return melBands;
  }

  /** Returns how many frames of 10 ms there are. */
  public int frames() {
    return frames;
  }

  /** Returns the value of one band at one frame. */
  public float get(int band, int frame) {
    return values.get(band * frames + frame);
  }
}
