package dev.serenade.recognition.text;

import dev.serenade.recognition.EmotionScores;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weighted mean of the logarithms of two probabilities, class by class. With a_k and b_k what
 * sound and words give class k, and w the weight of the sound,
 *
 * <pre>{@code
 * log p_k = w log a_k + (1 - w) log b_k + const        const such that sum_k p_k = 1
 * }</pre>
 *
 * <p>which is a itself for w = 1, and b itself for w = 0. In between, a probability below 2^-52
 * counts as 2^-52, so that neither alone can rule a class out. The evaluation that finds w fuses in
 * the same way, to the bit.
 *
 * @param audioWeight w, in [0, 1]
 */
public record LogarithmicPool(double audioWeight) {

  private static final double LEAST_PROBABILITY = Math.ulp(1.0);

  /** Checks that it is a weight. */
  public LogarithmicPool {
    if (!(audioWeight >= 0 && audioWeight <= 1)) {
      throw new IllegalArgumentException(
          "expected a weight of the audio in [0, 1], found " + audioWeight);
    }
  }

  /**
   * Fuses what is heard in the sound with what is said.
   *
   * @throws IllegalArgumentException if they are not of the same emotions
   */
  public EmotionScores fuse(EmotionScores audio, EmotionScores text) {
    Map<String, Double> first = audio.probabilities();
    if (!first.keySet().equals(text.probabilities().keySet())) {
      throw new IllegalArgumentException(
          "expected the same emotions of sound and words, found %s and %s"
              .formatted(first.keySet(), text.probabilities().keySet()));
    }
    if (audioWeight == 1) {
      return audio;
    }
    if (audioWeight == 0) {
      return text;
    }
    Map<String, Double> logarithms = new LinkedHashMap<>();
    first.forEach(
        (emotion, probability) ->
            logarithms.put(
                emotion,
                audioWeight * log(probability) + (1 - audioWeight) * log(text.of(emotion))));
    double greatest = logarithms.values().stream().mapToDouble(value -> value).max().orElseThrow();
    Map<String, Double> fused = new LinkedHashMap<>();
    double sum = 0;
    for (var entry : logarithms.entrySet()) {
      double value = Math.exp(entry.getValue() - greatest);
      fused.put(entry.getKey(), value);
      sum += value;
    }
    double total = sum;
    fused.replaceAll((emotion, value) -> value / total);
    return new EmotionScores(fused);
  }

  private static double log(double probability) {
    return Math.log(Math.max(probability, LEAST_PROBABILITY));
  }
}
