package dev.serenade.whisper;

/**
 * In what an encoder departs from the one that was trained, to be cheaper.
 *
 * @param precision in which numbers it computes
 * @param merging whether frames are merged on the way
 */
public record EncoderVariant(Precision precision, FrameMerging merging) {

  /** The encoder as it was trained. */
  public static final EncoderVariant EXACT = new EncoderVariant(Precision.FP32, FrameMerging.NONE);

  /** Returns the same in other numbers. */
  public EncoderVariant withPrecision(Precision other) {
    return new EncoderVariant(other, merging);
  }

  /** Returns how many clips may go through the graph together, where {@code most} would be best. */
  public int largestBatch(int most) {
    return precision == Precision.INT8 ? 1 : most;
  }
}
