package dev.serenade.whisper;

/** In which numbers the encoder's matrix products are computed. */
public enum Precision {
  /** 32-bit floating point throughout: the reference. */
  FP32,
  /**
   * 16-bit floating point in the encoder, from its convolutions on: what GPUs are fastest in, and
   * processors mostly cannot.
   */
  FP16,
  /**
   * 8-bit integers where that is safe: see {@link dev.serenade.whisper.tensor.QuantisedMatrix}.
   * Faster where the processor multiplies integers faster than floats. Clips go through the encoder
   * one at a time, for their activations are scaled by what is in the batch.
   */
  INT8
}
