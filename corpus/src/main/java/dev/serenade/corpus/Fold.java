package dev.serenade.corpus;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One division of a corpus: fit on one part, choose on the second, test once on the third.
 *
 * @param name such as {@code speaker 03} or {@code session 1}
 * @param train clips that fit the model
 * @param validation clips that choose epoch, layer and settings; may be empty
 * @param test clips that are scored once
 */
public record Fold(
    String name, List<Utterance> train, List<Utterance> validation, List<Utterance> test) {

  public Fold {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /** Returns this fold with the clips of these speakers moved from training to validation. */
  public Fold withValidationSpeakers(Set<String> speakers) {
    return new Fold(
        name,
        train.stream().filter(u -> !speakers.contains(u.speaker())).toList(),
        train.stream().filter(u -> speakers.contains(u.speaker())).toList(),
        test);
  }

  /** Returns the speakers that are in test and also in training or validation, by name. */
  public Set<String> sharedSpeakers() {
    Set<String> shared = speakers(train);
    shared.addAll(speakers(validation));
    shared.retainAll(speakers(test));
    return shared;
  }

  private static Set<String> speakers(List<Utterance> clips) {
    return clips.stream().map(Utterance::speaker).collect(Collectors.toCollection(TreeSet::new));
  }
}
