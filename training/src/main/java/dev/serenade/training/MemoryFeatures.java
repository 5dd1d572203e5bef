package dev.serenade.training;

import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Features held in memory, at two bytes an element: 200 MB for 1,500 clips of 2.6 s at width 512.
 *
 * <p>Clips may be added by one thread, then read by many.
 */
public final class MemoryFeatures implements Features {

  private final int width;
  private final List<short[]> clips = new ArrayList<>();

  /**
   * Makes an empty collection.
   *
   * @param width W, the encoder's width times the number of layers
   */
  public MemoryFeatures(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("expected a width of at least 1, found " + width);
    }
    this.width = width;
  }

  /**
   * Adds a clip, rounded to 16-bit floats, and returns its number.
   *
   * @param hiddenStates shape (T, W), all finite as 16-bit floats
   */
  public int add(FloatTensor hiddenStates) {
    long[] shape = hiddenStates.shape();
    if (shape.length != 2 || shape[0] < 1 || shape[1] != width) {
      throw new IllegalArgumentException(
          "clip %d: expected hidden states of shape (frames, %d), found %s"
              .formatted(clips.size(), width, Arrays.toString(shape)));
    }
    FloatBuffer values = hiddenStates.values();
    short[] halves = new short[hiddenStates.size()];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Float16.fromFloat(values.get(i));
      if (!Float.isFinite(Float16.toFloat(halves[i]))) {
        throw new IllegalArgumentException(
            "clip %d: expected finite 16-bit floats, found %s in frame %d, dimension %d"
                .formatted(clips.size(), values.get(i), i / width, i % width));
      }
    }
    clips.add(halves);
    return clips.size() - 1;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int clips() {
    return clips.size();
  }

  @Override
  public int frames(int clip) {
    return clips.get(clip).length / width;
  }

  @Override
  public void copyTo(int clip, ShortBuffer target) {
    target.put(clips.get(clip));
  }
}
