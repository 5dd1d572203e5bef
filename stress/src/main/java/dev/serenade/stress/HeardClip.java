package dev.serenade.stress;

import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A clip, and what the model said of it.
 *
 * @param clip which one
 * @param clean what the model said of it as it is
 * @param references what each change is measured against, in their order
 * @param changed what the model said after each change, in their order
 * @param pitchHz of the voice, if it was asked for and any is voiced
 */
record HeardClip(
    Utterance clip,
    ClassProbabilities clean,
    List<ClassProbabilities> references,
    List<ClassProbabilities> changed,
    OptionalDouble pitchHz) {

  private static final String FOLD = "all";

  HeardClip {
    references = List.copyOf(references);
    changed = List.copyOf(changed);
  }

  /** Returns what was said beside the clip's label. */
  Prediction labelled(ClassProbabilities said) {
    return new Prediction(clip.name(), clip.speaker(), FOLD, clip.emotion().name(), said);
  }

  /** Returns what was said after a change beside what was said before it, in place of the label. */
  Prediction compared(int change) {
    return new Prediction(
        clip.name(), clip.speaker(), FOLD, references.get(change).top(), changed.get(change));
  }
}
