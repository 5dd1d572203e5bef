package dev.serenade.whisper;

import dev.serenade.audio.Waveform;

/**
 * How much the encoder hears besides the clip itself.
 *
 * <p>Part of the identity of features and of models: a head that was trained with one window is
 * never fed another.
 *
 * @param mode what is heard after the clip's end
 * @param gridFrames lengths are rounded up to a multiple of this many frames, by silence; clips of
 *     equal grid length can share a batch, and since the rule looks at the clip alone, its states
 *     do not depend on its batch
 */
public record Window(Mode mode, int gridFrames) {

  /** Samples of one hidden frame: 20 ms, two hops of the log-Mel spectrogram. */
  public static final int SAMPLES_PER_FRAME = 320;

  /** What is heard after the clip's end. */
  public enum Mode {
    /** Nothing but the clip, up to the next step of the grid. */
    ADAPTIVE,
    /**
     * A few frames of silence, and the memory of silence up to 30 s: nearly what {@link #PADDED}
     * hears, at little more than the cost of {@link #ADAPTIVE}. See {@link SilenceMemory}.
     */
    MEMORY,
    /** Silence up to 30 s, as Whisper was trained: the paper's. */
    PADDED
  }

  /** The grid of {@link #adaptive()}: 0.16 s, which costs a clip of 3 s 2.7 % on average. */
  private static final int DEFAULT_GRID_FRAMES = 8;

  /**
   * Frames of silence that a window with memory computes at least: those right after the clip
   * answer to it, so they are worth more alive than remembered. Four take the relative error after
   * block 1 from 0.018 to 0.011 in tiny.en and from 0.015 to 0.012 in base; sixteen, from there to
   * 0.011 in base.
   */
  private static final int LIVE_SILENCE_FRAMES = 4;

  /** Checks the grid. */
  public Window {
    if (gridFrames < 1) {
      throw new IllegalArgumentException(
          "the grid must be at least one frame, found " + gridFrames);
    }
  }

  /** Returns the window of a mode, on its usual grid. */
  public static Window of(Mode mode) {
    return switch (mode) {
      case PADDED -> padded();
      case ADAPTIVE -> adaptive();
      case MEMORY -> memory();
    };
  }

  /** Returns the window of Whisper and of the paper: every clip is padded to 30 s. */
  public static Window padded() {
    return new Window(Mode.PADDED, 1);
  }

  /** Returns the window that costs what the clip's length costs. */
  public static Window adaptive() {
    return new Window(Mode.ADAPTIVE, DEFAULT_GRID_FRAMES);
  }

  /** Returns the window that costs what the clip's length costs and remembers the rest. */
  public static Window memory() {
    return new Window(Mode.MEMORY, DEFAULT_GRID_FRAMES);
  }

  /** Returns how many frames hold some of this many samples. */
  public static int framesOf(int samples) {
    return (int) ((samples - 1L + SAMPLES_PER_FRAME) / SAMPLES_PER_FRAME);
  }

  /**
   * Returns how many frames the encoder computes for a clip.
   *
   * @param samples length of the clip; what goes beyond the encoder's positions is not heard
   * @param positions the most frames the encoder takes
   */
  public int encodedFrames(int samples, int positions) {
    return switch (mode) {
      case PADDED -> positions;
      case ADAPTIVE, MEMORY -> {
        long steps = (framesOf(samples) + silenceFrames() - 1L + gridFrames) / gridFrames;
        yield (int) Math.min(positions, steps * gridFrames);
      }
    };
  }

  /** Returns how many frames of silence are computed at least, where there is room. */
  int silenceFrames() {
    return mode == Mode.MEMORY ? LIVE_SILENCE_FRAMES : 0;
  }

  /** Returns the longest clip that an encoder with this many positions hears whole, in seconds. */
  public static double longestSeconds(int positions) {
    return (double) positions * SAMPLES_PER_FRAME / Waveform.SAMPLE_RATE_HZ;
  }
}
