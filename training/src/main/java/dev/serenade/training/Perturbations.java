package dev.serenade.training;

import static dev.serenade.training.SettingException.require;

/**
 * What training does to clips, anew in every step, so that a head cannot learn them by heart.
 * Validation and test clips are never changed.
 *
 * <ul>
 *   <li><b>Frame share</b>: a clip shows a random part of its frames, the others are left out of
 *       pooling as if they were not there. A step costs that much less.
 *   <li><b>Time mask</b>: a random stretch of a clip is left out, as long as a uniform draw between
 *       nothing and this share of the clip. <b>Feature mask</b>: so many dimensions of the hidden
 *       states hold their mean over the training frames throughout a clip. Both follow Park et al.,
 *       "SpecAugment", Interspeech 2019, with hidden states in place of a spectrogram. The
 *       dimensions of hidden states have no order, so the masked ones are not neighbours.
 *   <li><b>Mixup</b>: see {@link Mixup}.
 * </ul>
 *
 * @param frameShare which part of its frames a clip shows, in (0, 1]; 1 for all
 * @param timeMask the greatest share of a clip in the masked stretch, in [0, 1)
 * @param featureMask the greatest share of dimensions that are masked, in [0, 1)
 * @param mixup alpha of mixup's Beta(alpha, alpha), at least 0; 0 for no mixup
 */
public record Perturbations(double frameShare, double timeMask, double featureMask, double mixup) {

  /** Clips as they are. */
  public static final Perturbations NONE = new Perturbations(1, 0, 0, 0);

  /** Checks the ranges. */
  public Perturbations {
    require(frameShare > 0 && frameShare <= 1, "frameShare", "in (0, 1]", frameShare);
    require(timeMask >= 0 && timeMask < 1, "timeMask", "in [0, 1)", timeMask);
    require(featureMask >= 0 && featureMask < 1, "featureMask", "in [0, 1)", featureMask);
    require(mixup >= 0 && Double.isFinite(mixup), "mixup", "at least 0", mixup);
  }
}
