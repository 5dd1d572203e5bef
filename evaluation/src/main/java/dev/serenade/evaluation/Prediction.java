package dev.serenade.evaluation;

/**
 * What a model said about one clip, beside what the corpus says.
 *
 * @param clip the clip's name, as in the manifest
 * @param speaker who speaks; resampling and comparison treat one speaker's clips as one group
 * @param fold the fold in whose test set the clip lies
 * @param actual the label, one of the classes
 * @param probabilities what the model gave each class
 */
public record Prediction(
    String clip, String speaker, String fold, String actual, ClassProbabilities probabilities) {

  public Prediction {
    if (!probabilities.classes().contains(actual)) {
      throw new IllegalArgumentException(
          "clip %s: expected a label among %s, found %s"
              .formatted(clip, probabilities.classes(), actual));
    }
  }

  /** Returns the most probable class. */
  public String predicted() {
    return probabilities.top();
  }

  /** Returns whether the most probable class is the label. */
  public boolean correct() {
    return predicted().equals(actual);
  }

  /** Returns the position of the label among the classes. */
  public int actualIndex() {
    return probabilities.classes().indexOf(actual);
  }
}
