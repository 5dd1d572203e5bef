package dev.serenade.training;

import java.util.SplittableRandom;

/**
 * All that is random for one part of every batch, during one epoch.
 *
 * @param dropout of the head
 * @param masking of clips
 * @param mixup of pooled clips
 */
record EpochNoise(Dropout dropout, InputMasking masking, Mixup mixup) {

  /**
   * Makes generators of their own for each kind, so that one that is on or off does not change what
   * the others draw.
   */
  static EpochNoise of(
      double dropout, Perturbations perturbations, short[] meanFrame, SplittableRandom random) {
    return new EpochNoise(
        new Dropout(dropout, random.split()),
        new InputMasking(perturbations, meanFrame, random.split()),
        new Mixup(perturbations.mixup(), random.split()));
  }
}
