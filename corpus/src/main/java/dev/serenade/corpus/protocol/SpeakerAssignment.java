package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which fold each speaker is tested in, such that folds are alike.
 *
 * <p>Speakers are assigned one by one, those with most clips first, each to the fold f that has
 * least of what the speaker s brings, which is the one that minimises
 *
 * <pre>{@code
 * sum over groups g of load(f, g) clips(s, g) / total(g)^2
 * }</pre>
 *
 * where the groups are all clips, each class and each sex, and load is what f holds so far. Ties go
 * to the first fold.
 *
 * @param folds by speaker, from 1
 */
record SpeakerAssignment(Map<String, Integer> folds) {

  static SpeakerAssignment balanced(List<Utterance> clips, int count) {
    Map<String, List<Utterance>> bySpeaker =
        clips.stream().collect(Collectors.groupingBy(Utterance::speaker));
    Map<String, Long> totals = groupSizes(clips);
    List<Map<String, Long>> loads =
        Stream.generate(() -> groupSizes(List.of())).limit(count).toList();
    List<String> mostClipsFirst = new ArrayList<>(bySpeaker.keySet());
    mostClipsFirst.sort(
        Comparator.comparingInt((String s) -> -bySpeaker.getOrDefault(s, List.of()).size())
            .thenComparing(Comparator.naturalOrder()));
    Map<String, Integer> folds = new HashMap<>();
    for (String speaker : mostClipsFirst) {
      Map<String, Long> brings = groupSizes(bySpeaker.getOrDefault(speaker, List.of()));
      int best = 0;
      for (int fold = 1; fold < count; fold++) {
        if (cost(loads.get(fold), brings, totals) < cost(loads.get(best), brings, totals)) {
          best = fold;
        }
      }
      Map<String, Long> load = loads.get(best);
      brings.forEach((group, size) -> load.merge(group, size, Long::sum));
      folds.put(speaker, best + 1);
    }
    return new SpeakerAssignment(folds);
  }

  /** Returns the fold in which a speaker is tested, from 1. */
  int foldOf(String speaker) {
    Integer fold = folds.get(speaker);
    if (fold == null) {
      throw new IllegalArgumentException("speaker %s has no fold".formatted(speaker));
    }
    return fold;
  }

  private static double cost(
      Map<String, Long> load, Map<String, Long> brings, Map<String, Long> totals) {
    double cost = 0;
    for (Map.Entry<String, Long> group : brings.entrySet()) {
      double total = totals.getOrDefault(group.getKey(), 1L);
      cost += load.getOrDefault(group.getKey(), 0L) * group.getValue() / (total * total);
    }
    return cost;
  }

  private static Map<String, Long> groupSizes(List<Utterance> clips) {
    return clips.stream()
        .flatMap(clip -> Stream.of("", "class " + clip.emotion(), "sex " + clip.sex().orElse("")))
        .collect(Collectors.groupingBy(group -> group, HashMap::new, Collectors.counting()));
  }
}
