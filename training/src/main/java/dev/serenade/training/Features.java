package dev.serenade.training;

import java.nio.ShortBuffer;

/**
 * The hidden states that heads are trained on, computed once: for each clip a matrix of shape (T,
 * W), T frames of 20 ms, or, of a decoder's states, T tokens, and W the model's width times the
 * number of layers, which lie side by side; stored as 16-bit floats.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface Features {

  /** Returns W, the width of all layers side by side. */
  int width();

  /** Returns how many clips there are; they are numbered from 0. */
  int clips();

  /** Returns T of a clip, at least 1. */
  int frames(int clip);

  /**
   * Copies the hidden states of a clip, frame by frame, as the bits of IEEE 754 binary16.
   *
   * @param target where T * W elements are put; its position moves past them
   */
  void copyTo(int clip, ShortBuffer target);
}
