package dev.serenade.recognition.explanation;

import dev.serenade.recognition.EmotionScores;
import java.util.BitSet;
import java.util.List;

/** A clip that can be scored without some of its frames of 20 ms. */
public interface Removal {

  /** Returns how many frames the clip has, at least 1. */
  int frames();

  /**
   * Scores what is left.
   *
   * @param removed for each score that is wanted, the frames that are taken away, counted from 0;
   *     may be none, or all
   * @return one for each, in their order
   */
  List<EmotionScores> without(List<BitSet> removed);
}
