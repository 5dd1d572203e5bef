package dev.serenade.recognition.head;

/**
 * Which frames belong to which of a batch's B clips, in whatever way the frames lie in a tensor of
 * states: padded to one length, shape (B, T, W), or packed clip after clip, shape (frames, W).
 *
 * @param <T> a tensor
 */
public interface ClipFrames<T> {

  /** Returns the mean over each clip's frames, shape (B, 1, W). */
  T means(T states);

  /**
   * Returns one row of values for each clip, shape (B, 1, W), such that it broadcasts over the
   * clip's frames in states.
   */
  T spread(T clips);

  /** Returns states padded, shape (B, T, W), finite everywhere. */
  T padded(T states);

  /** Returns 1 for frames of the clip, 0 for others, shape (B, T). */
  T mask();
}
