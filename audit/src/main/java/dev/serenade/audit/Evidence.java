package dev.serenade.audit;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.emobox.EmoBoxLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that checks look at.
 *
 * @param corpus the clips
 * @param split who is tested
 * @param measurement what was heard
 * @param copies groups of clips that hold the same sound
 * @param emoBox EmoBox's labels, if its folds are the split
 * @param seed of permutations and resamples
 */
record Evidence(
    Corpus corpus,
    Split split,
    Measurement measurement,
    Copies copies,
    Optional<EmoBoxLabels> emoBox,
    long seed) {

  /** Returns the paths of clips as in the manifest. */
  static List<String> paths(List<Utterance> clips) {
    return clips.stream().map(Utterance::id).toList();
  }

  /** Returns names for a sentence: the first few, and how many more. */
  static String some(List<String> names) {
    int most = 5;
    List<String> shown = new ArrayList<>(names.stream().limit(most).toList());
    if (names.size() > most) {
      shown.add("%d more".formatted(names.size() - most));
    }
    return String.join(", ", shown);
  }

  /** Returns a number of clips in words. */
  static String clips(int count) {
    return count == 1 ? "1 clip" : count + " clips";
  }

  static Map<String, Double> count(String name, int count) {
    return Map.of(name, (double) count);
  }
}
