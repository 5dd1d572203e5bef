package dev.serenade.whisper.onnx;

/** Which operators a graph may hold. */
public enum OperatorSet {
  /** ONNX Runtime's own operators too, which fuse several: the fastest there, and only there. */
  FUSED,
  /** Those of the ONNX standard alone, which any runtime of ONNX knows. */
  STANDARD
}
