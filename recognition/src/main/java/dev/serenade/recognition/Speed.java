package dev.serenade.recognition;

import dev.serenade.whisper.FrameMerging;
import java.util.Locale;

/**
 * How much accuracy may be given for speed. What each costs and gains was measured: see {@code
 * docs/results/speed.md}.
 *
 * @param precision in which numbers the encoder computes
 * @param merging whether frames are merged on the way through the encoder
 * @param skipsPauses whether pauses within a clip are left out; costs accuracy where the model was
 *     trained on clips with pauses
 */
public record Speed(PrecisionChoice precision, FrameMerging merging, boolean skipsPauses) {

  /** The model as it was trained. */
  public static final Speed ACCURATE = new Speed(PrecisionChoice.FP32, FrameMerging.NONE, false);

  /** Integers where they are faster. */
  public static final Speed BALANCED = new Speed(PrecisionChoice.AUTO, FrameMerging.NONE, false);

  /** Besides, half as many frames behind the second block. */
  public static final Speed FAST = new Speed(PrecisionChoice.AUTO, new FrameMerging(2, 2), false);

  /** Returns the same with other numbers. */
  public Speed withPrecision(PrecisionChoice other) {
    return new Speed(other, merging, skipsPauses);
  }

  @Override
  public String toString() {
    return "%s%s%s"
        .formatted(
            precision.name().toLowerCase(Locale.ROOT),
            merging.factor() == 1
                ? ""
                : ", %d frames merged after layer %d".formatted(merging.factor(), merging.after()),
            skipsPauses ? ", pauses left out" : "");
  }
}
