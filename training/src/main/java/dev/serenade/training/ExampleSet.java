package dev.serenade.training;

import java.util.List;

/**
 * Examples, and the features that hold their clips.
 *
 * @param features the hidden states
 * @param examples in any order; may be empty
 */
public record ExampleSet(Features features, List<Example> examples) {

  /** Copies the list and checks that every clip is there. */
  public ExampleSet {
    examples = List.copyOf(examples);
    for (Example example : examples) {
      if (example.clip() < 0 || example.clip() >= features.clips() || example.label() < 0) {
        throw new IllegalArgumentException(
            "expected a clip below %d and a label from 0 on, found %s"
                .formatted(features.clips(), example));
      }
    }
  }

  /** Returns the labels, in order. */
  public List<Integer> labels() {
    return examples.stream().map(Example::label).toList();
  }

  /** Returns how many examples there are. */
  public int size() {
    return examples.size();
  }
}
