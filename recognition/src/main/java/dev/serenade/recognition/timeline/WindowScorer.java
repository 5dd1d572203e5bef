package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionScores;
import java.util.List;

/** Scores windows, each as if it were alone. */
@FunctionalInterface
interface WindowScorer {

  /** Returns scores for each window, in their order. */
  List<EmotionScores> score(List<Waveform> windows);
}
