package dev.serenade.audit;

/** Gives each class a probability, going by one cue alone. */
interface CuePredictor {

  /** Returns a probability for each class, as if classes were equally frequent. */
  double[] probabilities(ClipMeasure clip);
}
