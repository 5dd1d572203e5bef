package dev.serenade.recognition;

/** In which numbers the encoder computes, or who decides that. */
public enum PrecisionChoice {
  /** 32-bit floating point. */
  FP32,
  /** 8-bit integers, see {@link dev.serenade.whisper.Precision#INT8}. */
  INT8,
  /** 16-bit floating point, for GPUs. */
  FP16,
  /**
   * Whichever is faster here: on the processor FP32 or INT8, as a short trial shows that is
   * remembered; on a GPU that was named, FP16.
   */
  AUTO
}
