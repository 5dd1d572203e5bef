package dev.serenade.recognition;

/** In which numbers the encoder computes, or who decides that. */
public enum PrecisionChoice {
  /** 32-bit floating point. */
  FP32,
  /** 8-bit integers, see {@link dev.serenade.whisper.Precision#INT8}. */
  INT8,
  /** Whichever is faster on this machine; see {@link PrecisionTrial}. */
  AUTO
}
