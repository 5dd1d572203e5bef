package dev.serenade.corpus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How evenly a choice of speakers divides the clips of each group, such as each class.
 *
 * @param groups the clips of each group, by speaker
 */
record SpeakerBalance(List<Group> groups) {

  /** The number of a group's clips, in all and by speaker. */
  record Group(int clips, Map<String, Integer> bySpeaker) {

    /** Returns which part of the clips is from the chosen speakers, in [0, 1]. */
    double share(Collection<String> chosen) {
      int taken = 0;
      for (String speaker : chosen) {
        taken += bySpeaker.getOrDefault(speaker, 0);
      }
      return (double) taken / clips;
    }
  }

  static SpeakerBalance of(List<Utterance> utterances, Function<Utterance, String> group) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (Utterance utterance : utterances) {
      counts
          .computeIfAbsent(group.apply(utterance), g -> new TreeMap<>())
          .merge(utterance.speaker(), 1, Integer::sum);
    }
    List<Group> groups = new ArrayList<>();
    for (Map<String, Integer> bySpeaker : counts.values()) {
      int clips = bySpeaker.values().stream().mapToInt(Integer::intValue).sum();
      groups.add(new Group(clips, Map.copyOf(bySpeaker)));
    }
    return new SpeakerBalance(groups);
  }

  /** Returns how many groups have all of their clips, or none, from the chosen speakers. */
  int oneSidedGroups(Collection<String> chosen) {
    int oneSided = 0;
    for (Group group : groups) {
      double share = group.share(chosen);
      oneSided += share == 0 || share == 1 ? 1 : 0;
    }
    return oneSided;
  }

  /** Returns the mean over groups of |share of the clips that is chosen - wanted share|. */
  double deviation(Collection<String> chosen, double wanted) {
    double sum = 0;
    for (Group group : groups) {
      sum += Math.abs(group.share(chosen) - wanted);
    }
    return sum / groups.size();
  }
}
