package dev.serenade.recognition;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.Window;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A clip without its pauses, so that no time is spent on hearing nothing.
 *
 * <p>A frame of 20 ms is quiet if its energy is more than 40 dB below that of the loudest frame;
 * where at least 0.4 s are quiet in a row, all but 0.1 s at either side is left out. With a window
 * that remembers silence, the model still hears that there was some.
 *
 * @param waveform what is left
 * @param frames which frame of the clip each frame of it was, ascending
 */
record SpeechFrames(Waveform waveform, FrameNumbers frames) {

  private static final double QUIET_DECIBELS = -40;
  private static final int SHORTEST_PAUSE_FRAMES = 20;
  private static final int MARGIN_FRAMES = 5;

  /** Numbers of frames, ascending. */
  static final class FrameNumbers {

    private final int clipFrames;
    private final int[] numbers;

    private FrameNumbers(int clipFrames, int[] numbers) {
      this.clipFrames = clipFrames;
      this.numbers = numbers;
    }

    /** Returns how many there are. */
    int count() {
      return numbers.length;
    }

    int[] toArray() {
      return numbers.clone();
    }

    /**
     * Returns values of the frames that are left as those of all frames: 0 where one was left out.
     */
    FloatVector spread(FloatVector values) {
      if (numbers.length == clipFrames) {
        return values;
      }
      float[] all = new float[clipFrames];
      for (int i = 0; i < numbers.length; i++) {
        all[numbers[i]] = values.get(i);
      }
      return FloatVector.of(all);
    }
  }

  /** Leaves nothing out. */
  static SpeechFrames all(Waveform clip) {
    int count = Window.framesOf(clip.length());
    return new SpeechFrames(clip, new FrameNumbers(count, IntStream.range(0, count).toArray()));
  }

  /** Leaves the pauses out. */
  static SpeechFrames of(Waveform clip) {
    int count = Window.framesOf(clip.length());
    boolean[] quiet = quiet(clip, count);
    int[] kept = new int[count];
    int keptCount = 0;
    int t = 0;
    while (t < count) {
      int end = t;
      while (end < count && quiet[end]) {
        end++;
      }
      boolean isPause = end - t >= SHORTEST_PAUSE_FRAMES;
      for (int frame = t; frame < Math.max(end, t + 1); frame++) {
        if (!isPause || frame < t + MARGIN_FRAMES || frame >= end - MARGIN_FRAMES) {
          kept[keptCount++] = frame;
        }
      }
      t = Math.max(end, t + 1);
    }
    FrameNumbers frames = new FrameNumbers(count, Arrays.copyOf(kept, keptCount));
    return new SpeechFrames(keptCount == count ? clip : joined(clip, frames), frames);
  }

  private static boolean[] quiet(Waveform clip, int count) {
    double[] energies = new double[count];
    double loudest = 0;
    for (int i = 0; i < clip.length(); i++) {
      double sample = clip.get(i);
      energies[i / Window.SAMPLES_PER_FRAME] += sample * sample;
    }
    for (double energy : energies) {
      loudest = Math.max(loudest, energy);
    }
    boolean[] quiet = new boolean[count];
    double limit = loudest * Math.pow(10, QUIET_DECIBELS / 10);
    for (int t = 0; t < count; t++) {
      quiet[t] = energies[t] < limit;
    }
    return quiet;
  }

  private static Waveform joined(Waveform clip, FrameNumbers frames) {
    float[] samples = new float[frames.count() * Window.SAMPLES_PER_FRAME];
    int length = 0;
    for (int frame : frames.toArray()) {
      int from = frame * Window.SAMPLES_PER_FRAME;
      int to = Math.min(clip.length(), from + Window.SAMPLES_PER_FRAME);
      for (int i = from; i < to; i++) {
        samples[length++] = clip.get(i);
      }
    }
    return Waveform.of(Arrays.copyOf(samples, length));
  }
}
