package dev.serenade.analysis;

import dev.serenade.recognition.confidence.HeldOutConfidence;
import dev.serenade.recognition.model.ModelDescription;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What somebody wants of a model where it is not sure, before it is known whether the model can do
 * it.
 *
 * @param abstainBelow no answer where the confidence is below this, from 0 to 1
 * @param targetError no answer where that is needed so that at most this share of answers is wrong,
 *     between 0 and 1; not together with {@code abstainBelow}
 * @param coverage a set of emotions that holds the right one in this share of recordings, between 0
 *     and 1
 */
public record DoubtWish(
    Optional<Double> abstainBelow, Optional<Double> targetError, Optional<Double> coverage) {

  /** Always an answer, and no sets. */
  public static final DoubtWish NONE =
      new DoubtWish(Optional.empty(), Optional.empty(), Optional.empty());

  /** Part of a wish. */
  public enum Part {
    /** {@link DoubtWish#abstainBelow}. */
    ABSTAIN_BELOW,
    /** {@link DoubtWish#targetError}. */
    TARGET_ERROR,
    /** {@link DoubtWish#coverage}. */
    SET
  }

  /** Refuses numbers that make no sense with any model. */
  public void check() throws DoubtException {
    requireShare(Part.ABSTAIN_BELOW, abstainBelow, true);
    requireShare(Part.TARGET_ERROR, targetError, false);
    requireShare(Part.SET, coverage, false);
  }

  private static void requireShare(Part part, Optional<Double> share, boolean withEnds)
      throws DoubtException {
    if (share.isEmpty()) {
      return;
    }
    double x = share.get();
    if (!(withEnds ? x >= 0 && x <= 1 : x > 0 && x < 1)) {
      throw new DoubtException(
          part,
          withEnds
              ? "expected a number from 0 to 1, found " + x
              : "expected a number between 0 and 1, found " + x);
    }
  }

  /**
   * Returns what a model is to do.
   *
   * @throws DoubtException if it does not know enough of itself
   */
  public Doubt of(ModelDescription model) throws DoubtException {
    return new Doubt(leastConfidence(model), leastProbability(model));
  }

  private double leastConfidence(ModelDescription model) throws DoubtException {
    if (targetError.isEmpty()) {
      return abstainBelow.orElse(0.0);
    }
    HeldOutConfidence heldOut = heldOut(Part.TARGET_ERROR, model);
    OptionalDouble below = heldOut.abstainBelow(targetError.get());
    if (below.isEmpty()) {
      throw new DoubtException(
          Part.TARGET_ERROR,
          String.format(
              Locale.ROOT,
              "the %d held-out clips of %d speakers do not show that so few answers would be wrong,"
                  + " however sure; the least that can be promised is %.3f",
              heldOut.clips(),
              heldOut.speakers(),
              // Rounded up: what is named here must be kept.
              Math.ceil(1000 * heldOut.lowestPromise()) / 1000));
    }
    return below.getAsDouble();
  }

  private Optional<Double> leastProbability(ModelDescription model) throws DoubtException {
    if (coverage.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(heldOut(Part.SET, model).leastProbability(coverage.get()));
  }

  private static HeldOutConfidence heldOut(Part part, ModelDescription model)
      throws DoubtException {
    return model
        .heldOut()
        .orElseThrow(
            () ->
                new DoubtException(
                    part,
                    "the model file does not say what its confidence was worth on held-out"
                        + " speakers; train it anew with this version"));
  }
}
