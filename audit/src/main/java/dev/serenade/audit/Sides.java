package dev.serenade.audit;

import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** On which side of each fold a clip is. */
final class Sides {

  private enum Side {
    LEARNED_FROM,
    TESTED
  }

  private final List<Fold> folds;
  private final List<Map<Utterance, Side>> sides = new ArrayList<>();

  /** Training and validation are one side: the model is fitted to one and chosen by the other. */
  Sides(List<Fold> folds) {
    this.folds = folds;
    for (Fold fold : folds) {
      Map<Utterance, Side> sideOf = new HashMap<>();
      fold.train().forEach(clip -> sideOf.put(clip, Side.LEARNED_FROM));
      fold.validation().forEach(clip -> sideOf.put(clip, Side.LEARNED_FROM));
      fold.test().forEach(clip -> sideOf.put(clip, Side.TESTED));
      sides.add(sideOf);
    }
  }

  /** Returns the names of the folds that test on some of these clips and learn from others. */
  List<String> foldsThatSeparate(Collection<Utterance> clips) {
    List<String> names = new ArrayList<>();
    for (int f = 0; f < folds.size(); f++) {
      Map<Utterance, Side> sideOf = sides.get(f);
      List<Side> taken = clips.stream().filter(sideOf::containsKey).map(sideOf::get).toList();
      if (taken.contains(Side.LEARNED_FROM) && taken.contains(Side.TESTED)) {
        names.add(folds.get(f).name());
      }
    }
    return names;
  }
}
