package dev.serenade.training.store;

import java.io.IOException;

/** Hidden states are not finite as 16-bit floats, so the store cannot hold them. */
public final class StatesRangeException extends IOException {

  private static final long serialVersionUID = 1L;

  StatesRangeException(int layer, int frame, int dimension, float value) {
    super(
        "layer %d: expected hidden states within the range of 16-bit floats (65504), found %s in frame %d, dimension %d"
            .formatted(layer, value, frame, dimension));
  }
}
