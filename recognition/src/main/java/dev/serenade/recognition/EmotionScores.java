package dev.serenade.recognition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One probability for each emotion that a model knows; they sum to 1.
 *
 * @param probabilities by emotion, in the model's order
 */
public record EmotionScores(Map<String, Double> probabilities) {

  /** Copies the map. */
  public EmotionScores {
    if (probabilities.isEmpty()) {
      throw new IllegalArgumentException("expected at least one emotion, found none");
    }
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  /** Returns the likeliest emotion; the first of the model's order if several are. */
  public String emotion() {
    String best = probabilities.keySet().iterator().next();
    for (var entry : probabilities.entrySet()) {
      if (entry.getValue() > of(best)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  /** Returns the probability of the likeliest emotion. */
  public double confidence() {
    return of(emotion());
  }

  /**
   * Returns the probability of an emotion.
   *
   * @throws IllegalArgumentException if the model does not know it
   */
  public double of(String emotion) {
    Double probability = probabilities.get(emotion);
    if (probability == null) {
      throw new IllegalArgumentException(
          "expected one of %s, found %s".formatted(probabilities.keySet(), emotion));
    }
    return probability;
  }

  /**
   * Returns all emotions at least so probable, and the likeliest in any case, in the model's order.
   * How often such a set holds the right one, the model may know: {@link
   * dev.serenade.recognition.confidence.HeldOutConfidence#leastProbability}.
   */
  public List<String> atLeast(double probability) {
    String likeliest = emotion();
    return probabilities.keySet().stream()
        .filter(emotion -> of(emotion) >= probability || emotion.equals(likeliest))
        .toList();
  }

  /** Returns the mean of several scores, each counted with its weight. */
  public static EmotionScores weightedMean(List<EmotionScores> scores, List<Double> weights) {
    double total = weights.stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> mean = new LinkedHashMap<>();
    for (String emotion : scores.get(0).probabilities().keySet()) {
      double sum = 0;
      for (int i = 0; i < scores.size(); i++) {
        sum += weights.get(i) * scores.get(i).of(emotion);
      }
      mean.put(emotion, sum / total);
    }
    return new EmotionScores(mean);
  }
}
