package dev.serenade.training.store;

import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.Features;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Clips and the hidden states that heads read. Clips may have copies, which are no clips of the
 * corpus: they are found by their clip alone, so they go wherever its speaker goes.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ExtractedCorpus {

  private final LayerFusion fusion;
  private final List<Utterance> clips;
  private final Augmentation augmentation;
  private final List<ClipCopy> copies;
  private final Features features;
  private final List<FailedClip> failed;
  private final Map<Utterance, Integer> numbers = new HashMap<>();
  private final Map<Utterance, List<Integer>> copyNumbers = new HashMap<>();

  /**
   * Puts clips without copies and their states together.
   *
   * @param fusion which layers heads read, and how they make one of them
   * @param clips those that could be used; clip number i of the features is the i-th of them
   * @param features the hidden states of those layers side by side
   * @param failed those that could not be used, in their order
   */
  public ExtractedCorpus(
      LayerFusion fusion, List<Utterance> clips, Features features, List<FailedClip> failed) {
    this(fusion, clips, Augmentation.NONE, List.of(), features, failed);
  }

  /**
   * Puts clips, their copies and the states of both together.
   *
   * @param fusion which layers heads read, and how they make one of them
   * @param clips those that could be used
   * @param augmentation which copies were made
   * @param copies those that could be used, of these clips
   * @param features the hidden states of those layers side by side, of all clips and then of all
   *     copies, in their order
   * @param failed the clips and copies that could not be used, in their order
   */
  public ExtractedCorpus(
      LayerFusion fusion,
      List<Utterance> clips,
      Augmentation augmentation,
      List<ClipCopy> copies,
      Features features,
      List<FailedClip> failed) {
    if (clips.size() + copies.size() != features.clips()) {
      throw new IllegalArgumentException(
          "expected features of %d clips, found %d"
              .formatted(clips.size() + copies.size(), features.clips()));
    }
    this.fusion = fusion;
    this.clips = List.copyOf(clips);
    this.augmentation = augmentation;
    this.copies = List.copyOf(copies);
    this.features = features;
    this.failed = List.copyOf(failed);
    for (int i = 0; i < clips.size(); i++) {
      numbers.putIfAbsent(clips.get(i), i);
    }
    Set<ClipCopy> seen = new HashSet<>();
    for (int i = 0; i < copies.size(); i++) {
      // A clip that is there twice has each copy once.
      if (seen.add(copies.get(i))) {
        copyNumbers
            .computeIfAbsent(copies.get(i).clip(), clip -> new ArrayList<>())
            .add(clips.size() + i);
      }
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

  /** Returns which copies were made. */
  public Augmentation augmentation() {
    return augmentation;
  }

  /** Returns the copies that could be used; their numbers follow those of the clips. */
  public List<ClipCopy> copies() {
    return copies;
  }

  /** Returns the hidden states of the clips and their copies, by their numbers. */
  public Features features() {
    return features;
  }

  /** Returns the clips and copies that could not be used. */
  public List<FailedClip> failed() {
    return failed;
  }

  /** Returns those of these clips that could be used, in their order. */
  public List<Utterance> usable(List<Utterance> some) {
    return some.stream().filter(numbers::containsKey).toList();
  }

  /**
   * Returns this without clips that could not be used elsewhere, nor their copies.
   *
   * @param others kept are those of the clips that are among these
   */
  public ExtractedCorpus keeping(Collection<Utterance> others) {
    Set<Utterance> kept = new HashSet<>(others);
    List<Integer> selected = new ArrayList<>();
    List<Utterance> keptClips = new ArrayList<>();
    for (int i = 0; i < clips.size(); i++) {
      if (kept.contains(clips.get(i))) {
        keptClips.add(clips.get(i));
        selected.add(i);
      }
    }
    List<ClipCopy> keptCopies = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      if (kept.contains(copies.get(i).clip())) {
        keptCopies.add(copies.get(i));
        selected.add(clips.size() + i);
      }
    }
    return new ExtractedCorpus(
        fusion,
        keptClips,
        augmentation,
        keptCopies,
        new SelectedFeatures(features, selected),
        failed);
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

  /** Returns the numbers of a clip's copies among the features; pass training clips only. */
  public List<Integer> copyNumbers(Utterance clip) {
    return List.copyOf(copyNumbers.getOrDefault(clip, List.of()));
  }
}
