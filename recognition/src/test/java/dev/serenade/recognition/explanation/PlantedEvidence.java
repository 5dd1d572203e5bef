package dev.serenade.recognition.explanation;

import dev.serenade.recognition.EmotionScores;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * A clip of whose frames only a few count: happy has 0.1 of the score without them, and 0.8 more
 * with all of them.
 *
 * @param frames how many there are
 * @param from the first that counts
 * @param to the first behind it that does not
 */
record PlantedEvidence(int frames, int from, int to) implements Removal {

  @Override
  public List<EmotionScores> without(List<BitSet> removed) {
    return removed.stream().map(this::scores).toList();
  }

  private EmotionScores scores(BitSet removed) {
    double left = 1 - (double) removed.get(from, to).cardinality() / (to - from);
    double happy = 0.1 + 0.8 * left;
    return new EmotionScores(Map.of("happy", happy, "sad", 1 - happy));
  }
}
