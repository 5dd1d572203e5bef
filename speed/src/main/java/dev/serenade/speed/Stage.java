package dev.serenade.speed;

import java.util.Locale;

/** A part of the work whose time is taken by itself. */
public enum Stage {
  /** From the bytes of a WAV file to samples. */
  DECODE,
  /** From samples to the log-Mel spectrogram. */
  FRONT_END,
  /** From samples to hidden states: the front end, the convolutions and the blocks. */
  ENCODER,
  /** From hidden states to scores: projector, pooling, classifier and softmax. */
  HEAD,
  /** From a file to scores, as a user has it. */
  TOTAL,
  /** One step of training a head on hidden states that are known: forward, backward, update. */
  TRAINING_STEP;

  /** Returns the name for programs, such as {@code front-end}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
