package dev.serenade.training.experiment;

import dev.serenade.evaluation.calibration.CalibrationMethod;

/**
 * How confidence is made honest, and on whom.
 *
 * <p>On the validation speakers that choose the epoch; or, with folds, on all training speakers:
 * they are divided into so many groups, and a head is trained without each group, for as many
 * epochs as were chosen. A handful of speakers is a poor sample of all others, so folds tell more;
 * they cost about as many trainings more.
 *
 * @param method what is fitted
 * @param folds groups of speakers, 2 or more; 0 for the validation speakers only. With fewer
 *     speakers than that, each is a group
 */
public record CalibrationPlan(CalibrationMethod method, int folds) {

  /** A temperature, on the validation speakers. */
  public static final CalibrationPlan DEFAULT =
      new CalibrationPlan(CalibrationMethod.TEMPERATURE, 0);

  /** Checks that the folds leave somebody out, and somebody in. */
  public CalibrationPlan {
    if (folds < 0 || folds == 1) {
      throw new IllegalArgumentException(
          "expected 2 calibration folds or more, or 0 for none, found " + folds);
    }
  }
}
