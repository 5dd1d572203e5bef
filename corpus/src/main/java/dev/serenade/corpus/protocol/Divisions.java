package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Folds that leave one group of clips out in turn. */
final class Divisions {

  private Divisions() {}

  /**
   * Returns one fold per group, named by the prefix and the group, in the groups' natural order;
   * the rest is for training.
   */
  static <G extends Comparable<G>> List<Fold> leaveOneOut(
      Corpus corpus, String prefix, Function<Utterance, G> group) {
    SortedMap<G, List<Utterance>> tests = new TreeMap<>();
    for (Utterance clip : corpus.utterances()) {
      tests.computeIfAbsent(group.apply(clip), g -> new ArrayList<>()).add(clip);
    }
    List<Fold> folds = new ArrayList<>();
    for (Map.Entry<G, List<Utterance>> test : tests.entrySet()) {
      List<Utterance> train =
          corpus.utterances().stream()
              .filter(clip -> !group.apply(clip).equals(test.getKey()))
              .toList();
      folds.add(new Fold(prefix + " " + test.getKey(), train, List.of(), test.getValue()));
    }
    return folds;
  }
}
