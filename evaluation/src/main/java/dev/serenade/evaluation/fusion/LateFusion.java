package dev.serenade.evaluation.fusion;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Late fusion of two models: a weighted mean of the logarithms of their probabilities. With a_k and
 * b_k what they give class k, and w the first one's weight,
 *
 * <pre>{@code
 * log p_k = w log a_k + (1 - w) log b_k + const        const such that sum_k p_k = 1
 * }</pre>
 *
 * <p>which is a itself for w = 1, b itself for w = 0, and the common answer for any w where both
 * agree. In between, a probability below 2^-52 counts as 2^-52, as in {@link Calibration}'s
 * log-loss, so that neither model alone can rule a class out.
 *
 * <p>Genest and Zidek, "Combining probability distributions: a critique and an annotated
 * bibliography", Statistical Science 1(1), 1986, call it the logarithmic opinion pool.
 *
 * @param firstWeight w, in [0, 1]
 */
public record LateFusion(double firstWeight) {

  /** Into how many steps [0, 1] is divided, of which {@link #fit} takes one end. */
  public static final int STEPS = 100;

  private static final double LEAST_PROBABILITY = Math.ulp(1.0);

  /** Losses this close, in nats, are equal but for the order of additions. */
  private static final double ROUNDING = 1e-12;

  /** Checks that it is a weight. */
  public LateFusion {
    if (!(firstWeight >= 0 && firstWeight <= 1)) {
      throw new IllegalArgumentException("expected a weight in [0, 1], found " + firstWeight);
    }
  }

  /** What both models said of one clip. */
  private record Pair(Prediction first, Prediction second) {}

  /**
   * Finds the weight among 0, 0.01, ..., 1 that has the least log-loss on clips of speakers whom
   * neither model was trained on. Of weights that are equally good the one nearest to 0.5 is taken,
   * and of two of these the smaller.
   *
   * @param first and second: clips that one of them lacks are left out
   * @throws IllegalArgumentException if no clip is in both, or they differ in classes, or in a
   *     clip's label
   */
  public static LateFusion fit(Predictions first, Predictions second) {
    List<Pair> pairs = requireSome(pairs(first, second), first, second);
    LateFusion best = new LateFusion(0.5);
    double least = best.logLoss(pairs);
    // From the middle outwards, so that a later weight must be better, not only as good.
    for (int distance = 1; distance <= STEPS / 2; distance++) {
      for (int step : new int[] {STEPS / 2 - distance, STEPS / 2 + distance}) {
        LateFusion fusion = new LateFusion((double) step / STEPS);
        double loss = fusion.logLoss(pairs);
        if (loss < least - ROUNDING) {
          best = fusion;
          least = loss;
        }
      }
    }
    return best;
  }

  private double logLoss(List<Pair> pairs) {
    return Calibration.of(fused(pairs)).logLoss();
  }

  /**
   * Fuses what two models said of the same clips, in the order of the first.
   *
   * @throws IllegalArgumentException if a clip is in one of them only, or they differ in classes,
   *     or in a clip's label
   */
  public Predictions fuse(Predictions first, Predictions second) {
    List<Pair> pairs = pairs(first, second);
    if (pairs.size() != first.size() || pairs.size() != second.size()) {
      throw new IllegalArgumentException(
          "expected the same clips of both models, found %d and %d, of which both have %d"
              .formatted(first.size(), second.size(), pairs.size()));
    }
    return fused(pairs);
  }

  /**
   * Fuses what two models said of those clips that both know, in the order of the first.
   *
   * @throws IllegalArgumentException if there are none, or they differ in classes, or in a clip's
   *     label
   */
  public Predictions fuseCommon(Predictions first, Predictions second) {
    return fused(requireSome(pairs(first, second), first, second));
  }

  private static List<Pair> requireSome(List<Pair> pairs, Predictions first, Predictions second) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "expected clips of which both models said something, found none among %d and %d"
              .formatted(first.size(), second.size()));
    }
    return pairs;
  }

  private Predictions fused(List<Pair> pairs) {
    return Predictions.of(
        pairs.stream()
            .map(
                pair ->
                    new Prediction(
                        pair.first().clip(),
                        pair.first().speaker(),
                        pair.first().fold(),
                        pair.first().actual(),
                        fuse(pair.first().probabilities(), pair.second().probabilities())))
            .toList());
  }

  /**
   * Fuses what two models said of one clip.
   *
   * @throws IllegalArgumentException if it is not of the same classes
   */
  public ClassProbabilities fuse(ClassProbabilities first, ClassProbabilities second) {
    requireSameClasses(first.classes(), second.classes());
    if (firstWeight == 1) {
      return first;
    }
    if (firstWeight == 0) {
      return second;
    }
    double[] values = new double[first.classes().size()];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < values.length; k++) {
      values[k] = firstWeight * log(first.get(k)) + (1 - firstWeight) * log(second.get(k));
      greatest = Math.max(greatest, values[k]);
    }
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.exp(values[k] - greatest);
      sum += values[k];
    }
    for (int k = 0; k < values.length; k++) {
      values[k] /= sum;
    }
    return ClassProbabilities.of(first.classes(), values);
  }

  private static double log(double probability) {
    return Math.log(Math.max(probability, LEAST_PROBABILITY));
  }

  /** Returns the clips of which both said something, in the order of the first. */
  private static List<Pair> pairs(Predictions first, Predictions second) {
    requireSameClasses(first.classes(), second.classes());
    List<Pair> pairs = new ArrayList<>();
    Map<String, Prediction> seconds = byClip(second);
    for (Prediction prediction : byClip(first).values()) {
      Optional.ofNullable(seconds.get(prediction.clip()))
          .ifPresent(other -> pairs.add(pair(prediction, other)));
    }
    return pairs;
  }

  private static Map<String, Prediction> byClip(Predictions predictions) {
    Map<String, Prediction> clips = new LinkedHashMap<>();
    for (Prediction prediction : predictions.asList()) {
      if (clips.put(prediction.clip(), prediction) != null) {
        throw new IllegalArgumentException(
            "expected each clip once, found %s twice".formatted(prediction.clip()));
      }
    }
    return clips;
  }

  private static Pair pair(Prediction first, Prediction second) {
    if (!first.actual().equals(second.actual())) {
      throw new IllegalArgumentException(
          "clip %s is %s for the first model, but %s for the second"
              .formatted(first.clip(), first.actual(), second.actual()));
    }
    return new Pair(first, second);
  }

  private static void requireSameClasses(List<String> first, List<String> second) {
    if (!first.equals(second)) {
      throw new IllegalArgumentException(
          "models of different classes cannot be fused: %s and %s".formatted(first, second));
    }
  }
}
