package dev.serenade.training.store;

import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.Features;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clips and the hidden states that heads read.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ExtractedCorpus {

  private final LayerFusion fusion;
  private final List<Utterance> clips;
  private final Features features;
  private final List<FailedClip> failed;
  private final Map<Utterance, Integer> numbers = new HashMap<>();

  /**
   * Puts clips and states together.
   *
   * @param fusion which layers heads read, and how they make one of them
   * @param clips those that could be used; clip number i of the features is the i-th of them
   * @param features the hidden states of those layers side by side
   * @param failed those that could not be used, in their order
   */
  public ExtractedCorpus(
      LayerFusion fusion, List<Utterance> clips, Features features, List<FailedClip> failed) {
    if (clips.size() != features.clips()) {
      throw new IllegalArgumentException(
          "expected features of %d clips, found %d".formatted(clips.size(), features.clips()));
    }
    this.fusion = fusion;
    this.clips = List.copyOf(clips);
    this.features = features;
    this.failed = List.copyOf(failed);
    for (int i = 0; i < clips.size(); i++) {
      numbers.putIfAbsent(clips.get(i), i);
    }
  }

  /** Returns which layers the features hold, and how heads make one of them. */
  public LayerFusion fusion() {
    return fusion;
  }

  /** Returns the clips that could be used, by their numbers. */
  public List<Utterance> clips() {
    return clips;
  }

  /** Returns the hidden states of the clips, by their numbers. */
  public Features features() {
    return features;
  }

  /** Returns the clips that could not be used. */
  public List<FailedClip> failed() {
    return failed;
  }

  /** Returns those of these clips that could be used, in their order. */
  public List<Utterance> usable(List<Utterance> some) {
    return some.stream().filter(numbers::containsKey).toList();
  }

  /**
   * Returns the number of a clip among the features.
   *
   * @throws IllegalArgumentException if it could not be used
   */
  public int number(Utterance clip) {
    Integer number = numbers.get(clip);
    if (number == null) {
      throw new IllegalArgumentException("no features of clip " + clip.id());
    }
    return number;
  }
}
