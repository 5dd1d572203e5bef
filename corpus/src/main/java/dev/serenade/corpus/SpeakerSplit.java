package dev.serenade.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses speakers to hold out, so that nobody's voice is on both sides.
 *
 * <p>Many random choices are drawn and the best is taken: first that every class is on both sides
 * (where that is possible), then that classes, sexes, corpora and the clips as a whole are divided
 * in the asked proportion. Same clips and same seed, same choice, on every platform.
 */
public final class SpeakerSplit {

  private static final int DRAWS = 400;

  /** More than all deviations together, each of which is at most 1. */
  private static final double ONE_SIDED_CLASS = 10;

  private SpeakerSplit() {}

  /**
   * Returns the speakers to hold out for validation, by name: at least one, and never all.
   *
   * @param utterances clips of at least two speakers
   * @param fraction of the clips to hold out, in (0, 1)
   * @param seed decides among equally good choices
   * @throws IllegalArgumentException if there are fewer than two speakers
   */
  public static Set<String> validationSpeakers(
      List<Utterance> utterances, double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "the fraction to hold out must be between 0 and 1, found " + fraction);
    }
    Map<String, List<Utterance>> clips =
        utterances.stream()
            .collect(Collectors.groupingBy(Utterance::speaker, TreeMap::new, Collectors.toList()));
    if (clips.size() < 2) {
      throw new IllegalArgumentException(
          "two speakers or more are needed to hold one out, found " + clips.keySet());
    }
    // Its sequence of numbers is part of the Java specification, so a seed means the same anywhere.
    Random random = new Random(seed);
    List<String> speakers = new ArrayList<>(clips.keySet());
    SpeakerBalance all = SpeakerBalance.of(utterances, u -> "");
    SpeakerBalance classes = SpeakerBalance.of(utterances, u -> u.emotion().name());
    SpeakerBalance strata = SpeakerBalance.of(utterances, SpeakerSplit::stratum);
    Set<String> best = Set.of();
    double lowest = Double.POSITIVE_INFINITY;
    for (int draw = 0; draw < DRAWS; draw++) {
      Collections.shuffle(speakers, random);
      Set<String> heldOut = firstSpeakers(speakers, clips, fraction * utterances.size());
      double imbalance =
          ONE_SIDED_CLASS * classes.oneSidedGroups(heldOut)
              + all.deviation(heldOut, fraction)
              + classes.deviation(heldOut, fraction)
              + strata.deviation(heldOut, fraction);
      if (imbalance < lowest) {
        lowest = imbalance;
        best = heldOut;
      }
    }
    return new TreeSet<>(best);
  }

  /** Returns the validation speakers of a whole corpus. */
  public static Set<String> validationSpeakers(Corpus corpus, double fraction, long seed) {
    return validationSpeakers(corpus.utterances(), fraction, seed);
  }

  /** Takes speakers in this order while that brings the number of clips nearer to the wanted. */
  private static Set<String> firstSpeakers(
      List<String> speakers, Map<String, List<Utterance>> clips, double wanted) {
    Set<String> taken = new HashSet<>();
    int count = 0;
    for (String speaker : speakers.subList(0, speakers.size() - 1)) {
      int more = clips.getOrDefault(speaker, List.of()).size();
      boolean nearer = Math.abs(count + more - wanted) < Math.abs(count - wanted);
      if (!taken.isEmpty() && !nearer) {
        break;
      }
      taken.add(speaker);
      count += more;
    }
    return taken;
  }

  private static String stratum(Utterance clip) {
    return clip.extras().getOrDefault(Corpus.CORPUS_COLUMN, "") + " " + clip.sex().orElse("");
  }
}
