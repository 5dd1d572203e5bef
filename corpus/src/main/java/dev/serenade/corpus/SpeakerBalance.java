package dev.serenade.corpus;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How evenly a choice of speakers divides the clips of each group, such as each class.
 *
 * @param clips number of clips by group, then by speaker
 */
record SpeakerBalance(Map<String, Map<String, Integer>> clips) {

  static SpeakerBalance of(List<Utterance> utterances, Function<Utterance, String> group) {
    Map<String, Map<String, Integer>> clips = new TreeMap<>();
    for (Utterance utterance : utterances) {
      clips
          .computeIfAbsent(group.apply(utterance), g -> new TreeMap<>())
          .merge(utterance.speaker(), 1, Integer::sum);
    }
    return new SpeakerBalance(clips);
  }

  /** Returns how many groups have all of their clips, or none, from the chosen speakers. */
  int oneSidedGroups(Collection<String> chosen) {
    return (int)
        clips.values().stream()
            .mapToDouble(speakers -> share(speakers, chosen))
            .filter(share -> share == 0 || share == 1)
            .count();
  }

  /** Returns the mean over groups of |share of the clips that is chosen - wanted share|. */
  double deviation(Collection<String> chosen, double wanted) {
    return clips.values().stream()
        .mapToDouble(speakers -> Math.abs(share(speakers, chosen) - wanted))
        .average()
        .orElse(0);
  }

  private static double share(Map<String, Integer> speakers, Collection<String> chosen) {
    int all = speakers.values().stream().mapToInt(Integer::intValue).sum();
    int taken = chosen.stream().mapToInt(s -> speakers.getOrDefault(s, 0)).sum();
    return (double) taken / all;
  }
}
