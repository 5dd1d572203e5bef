package dev.serenade.whisper;

import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What one layer says of a clip: shape (T, D). Of the encoder, T frames of 20 ms, only those that
 * hold the clip, without padding; of the decoder, T tokens. D is the width of the model.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class HiddenStates {

  private final FloatBuffer values;
  private final int frames;
  private final int width;

  private HiddenStates(FloatBuffer values, int frames, int width) {
    this.values = values;
    this.frames = frames;
    this.width = width;
  }

  /**
   * Takes all states of one clip.
   *
   * @param states shape (T, D), T at least 1
   */
  public static HiddenStates of(FloatTensor states) {
    long[] shape = states.shape();
    if (shape.length != 2 || shape[0] < 1) {
      throw new IllegalArgumentException(
          "expected hidden states of shape (T, D), T at least 1, found " + Arrays.toString(shape));
    }
    return new HiddenStates(states.values(), (int) shape[0], (int) shape[1]);
  }

  /**
   * Takes the first frames of one clip from a batch.
   *
   * @param batch shape (B, T, D)
   * @param clip which of the batch
   * @param frames how many frames hold the clip; at most T
   */
  static HiddenStates of(FloatTensor batch, int clip, int frames) {
    long[] shape = batch.shape();
    int width = (int) shape[2];
    int start = clip * (int) shape[1] * width;
    return new HiddenStates(batch.values().slice(start, frames * width), frames, width);
  }

  /** Returns T, how many frames there are. */
  public int frames() {
    return frames;
  }

  /** Returns D, the width of a frame. */
  public int width() {
    return width;
  }

  /** Returns element d of frame t. */
  public float get(int frame, int dimension) {
    return values.get(frame * width + dimension);
  }

  /** Returns all values, frame by frame, read-only. */
  public FloatBuffer values() {
    return values.asReadOnlyBuffer();
  }

  /** Returns a copy of all values, frame by frame. */
  public float[] toArray() {
    float[] copy = new float[frames * width];
    values.duplicate().get(copy);
    return copy;
  }

  @Override
  public String toString() {
    return "HiddenStates[%d, %d]".formatted(frames, width);
  }
}
