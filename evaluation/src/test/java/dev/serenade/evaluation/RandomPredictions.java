package dev.serenade.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up predictions, the same for the same seed. */
public final class RandomPredictions {

  public static final List<String> CLASSES = List.of("angry", "happy", "neutral", "sad");

  private RandomPredictions() {}

  /**
   * Returns predictions of some speakers, one fold each, that are right about two times in three.
   */
  public static Predictions of(long seed, int speakers, int clipsEach) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Prediction> predictions = new ArrayList<>();
    for (int s = 0; s < speakers; s++) {
      double skill = 0.6 + random.nextDouble();
      for (int c = 0; c < clipsEach; c++) {
        int actual = random.nextInt(CLASSES.size());
        predictions.add(
            new Prediction(
                "s%02d/clip%03d.wav".formatted(s, c),
                "s%02d".formatted(s),
                "fold%d".formatted(s),
                CLASSES.get(actual),
                probabilities(random, actual, skill)));
      }
    }
    return Predictions.of(predictions);
  }

  private static ClassProbabilities probabilities(
      SplittableRandom random, int actual, double skill) {
    double[] values = new double[CLASSES.size()];
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.exp(2 * random.nextDouble() + (k == actual ? skill : 0));
      sum += values[k];
    }
    for (int k = 0; k < values.length; k++) {
      values[k] /= sum;
    }
    return ClassProbabilities.of(CLASSES, values);
  }
}
