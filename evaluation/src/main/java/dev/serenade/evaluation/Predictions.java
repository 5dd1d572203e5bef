package dev.serenade.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Predictions over the same classes, at least one, in the order given.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Predictions {

  private final List<String> classes;
  private final List<Prediction> predictions;

  private Predictions(List<String> classes, List<Prediction> predictions) {
    this.classes = classes;
    this.predictions = predictions;
  }

  /**
   * Returns a collection of these predictions.
   *
   * @throws IllegalArgumentException if there are none, or they are not over the same classes in
   *     the same order
   */
  public static Predictions of(List<Prediction> predictions) {
    if (predictions.isEmpty()) {
      throw new IllegalArgumentException("expected at least one prediction, found none");
    }
    List<String> classes = predictions.get(0).probabilities().classes();
    for (Prediction prediction : predictions) {
      if (!prediction.probabilities().classes().equals(classes)) {
        throw new IllegalArgumentException(
            "clip %s: expected classes %s as in the first prediction, found %s"
                .formatted(prediction.clip(), classes, prediction.probabilities().classes()));
      }
    }
    return new Predictions(classes, List.copyOf(predictions));
  }

  /** Returns all predictions of several collections, in order. */
  public static Predictions concat(List<Predictions> parts) {
    List<Prediction> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(part.asList()));
    return of(all);
  }

  /** Returns the classes, in order. */
  public List<String> classes() {
    return classes;
  }

  /** Returns how many predictions there are, at least 1. */
  public int size() {
    return predictions.size();
  }

  /** Returns the predictions, in order. */
  public List<Prediction> asList() {
    return predictions;
  }

  /** Returns the predictions of each fold; folds in order of first appearance. */
  public Map<String, Predictions> byFold() {
    return groupBy(Prediction::fold);
  }

  /** Returns the predictions of each speaker; speakers in order of first appearance. */
  public Map<String, Predictions> bySpeaker() {
    return groupBy(Prediction::speaker);
  }

  private Map<String, Predictions> groupBy(Function<Prediction, String> key) {
    Map<String, List<Prediction>> groups = new LinkedHashMap<>();
    for (Prediction prediction : predictions) {
      groups.computeIfAbsent(key.apply(prediction), name -> new ArrayList<>()).add(prediction);
    }
    Map<String, Predictions> result = new LinkedHashMap<>();
    groups.forEach((name, group) -> result.put(name, new Predictions(classes, List.copyOf(group))));
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Predictions that && predictions.equals(that.predictions);
  }

  @Override
  public int hashCode() {
    return predictions.hashCode();
  }

  @Override
  public String toString() {
    return "Predictions[%d over %s]".formatted(predictions.size(), classes);
  }
}
