package dev.serenade.training;

/** How the learning rate goes over the steps of a training, see {@link LearningRateSchedule}. */
public enum Schedule {
  /** It rises from 0 to the peak, then falls to 0 by half a cosine, as in arXiv 2602.06000. */
  COSINE,
  /** It is the peak at every step; there is no warm-up. */
  CONSTANT
}
