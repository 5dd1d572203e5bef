package dev.serenade.audit;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much of what is said in a corpus is prescribed: said by {@value #SPEAKERS} speakers or more,
 * word for word, and in two emotions or more. Such a text cannot tell an emotion. In acted corpora
 * nearly all is: EMO-DB has ten sentences, RAVDESS two.
 *
 * @param clips how many there are
 * @param known of how many it is known what is said
 * @param texts how many different texts these say
 * @param prescribed how many of them say a prescribed one
 */
public record TextVariety(int clips, int known, int texts, int prescribed) {

  /** How many speakers must say the same for it to be no coincidence. */
  public static final int SPEAKERS = 3;

  /** Counts. */
  public static TextVariety of(List<Utterance> clips) {
    Map<String, List<Utterance>> byText = new HashMap<>();
    for (Utterance clip : clips) {
      SpokenText.of(clip)
          .ifPresent(text -> byText.computeIfAbsent(text, t -> new ArrayList<>()).add(clip));
    }
    return new TextVariety(
        clips.size(),
        byText.values().stream().mapToInt(List::size).sum(),
        byText.size(),
        byText.values().stream().filter(TextVariety::isPrescribed).mapToInt(List::size).sum());
  }

  private static boolean isPrescribed(List<Utterance> sayingTheSame) {
    Set<String> speakers = new HashSet<>();
    Set<Emotion> emotions = new HashSet<>();
    sayingTheSame.forEach(
        clip -> {
          speakers.add(clip.speaker());
          emotions.add(clip.emotion());
        });
    return speakers.size() >= SPEAKERS && emotions.size() > 1;
  }

  /** Returns whether it is known of half of the clips or more what is said. */
  public boolean isKnown() {
    return 2 * known >= clips;
  }

  /** Returns whether half or more of what is known is prescribed. */
  public boolean isPrescribed() {
    return isKnown() && 2 * prescribed >= known;
  }

  /** Returns what to know before any number of a model that goes by words; empty if they vary. */
  public Optional<String> caveat() {
    if (!isKnown()) {
      return Optional.of(
          "What is said is known of %d of %d clips only (column text), so nobody can tell here whether words could tell emotion; in acted corpora, where all say the same sentences, they cannot."
              .formatted(known, clips));
    }
    if (!isPrescribed()) {
      return Optional.empty();
    }
    return Optional.of(
        "%d of %d clips say one of a few prescribed texts, by %d speakers or more each and in several emotions: words cannot tell emotion here. What text scores is leakage from the sound, to which the decoder attends at every token."
            .formatted(prescribed, known, SPEAKERS));
  }
}
