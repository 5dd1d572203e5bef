package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Compares two runs over the same clips, speaker by speaker.
 *
 * <p>Permutation: if the runs were alike, a speaker's two sets of predictions could be swapped. All
 * 2^S ways to swap are tried for up to {@value #EXACT_SPEAKERS} speakers, else {@value
 * #PERMUTATIONS} random ones beside the observed; the p-value is the share with a difference at
 * least as large. Bootstrap: speakers drawn with replacement, both runs' predictions together, as
 * in {@link SpeakerBootstrap}.
 *
 * <p>Immutable; the same seed gives the same answers.
 */
public final class PairedTest {

  static final int EXACT_SPEAKERS = 12;
  static final int PERMUTATIONS = 9_999;

  /** Differences this close are equal but for the order of additions. */
  private static final double ROUNDING = 1e-12;

  private final List<Pair> speakers;
  private final long seed;

  /** One speaker's clips, as both runs saw them. */
  private record Pair(ConfusionMatrix first, ConfusionMatrix second) {
    Pair swapped() {
      return new Pair(second, first);
    }
  }

  private PairedTest(List<Pair> speakers, long seed) {
    this.speakers = speakers;
    this.seed = seed;
  }

  /**
   * Pairs two runs.
   *
   * @throws IllegalArgumentException if they are not over the same clips, with the same classes,
   *     labels and speakers, or there are fewer than two speakers
   */
  public static PairedTest of(Predictions first, Predictions second, long seed) {
    checkPaired(first, second);
    Map<String, Predictions> seconds = second.bySpeaker();
    List<Pair> speakers = new ArrayList<>();
    first
        .bySpeaker()
        .forEach(
            (speaker, predictions) ->
                speakers.add(
                    new Pair(
                        ConfusionMatrix.of(predictions),
                        ConfusionMatrix.of(Objects.requireNonNull(seconds.get(speaker))))));
    if (speakers.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison needs two speakers or more, found only " + first.bySpeaker().keySet());
    }
    return new PairedTest(speakers, seed);
  }

  /** Compares the runs by one metric. */
  public Comparison compare(Metric metric) {
    double observed = Math.abs(difference(metric, speakers));
    double[] bySwapping = differencesBySwapping(metric);
    return new Comparison(
        metric,
        value(metric, speakers.stream().map(Pair::first).toList()),
        value(metric, speakers.stream().map(Pair::second).toList()),
        bootstrap(metric),
        shareAtLeast(observed, bySwapping),
        noiseFloor(bySwapping),
        speakers.size());
  }

  private Interval bootstrap(Metric metric) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] differences = new double[SpeakerBootstrap.RESAMPLES];
    Arrays.setAll(differences, r -> difference(metric, SpeakerBootstrap.draw(speakers, random)));
    return Interval.middle95(differences);
  }

  /** Returns the sizes of all differences that swapping gives, the observed among them. */
  private double[] differencesBySwapping(Metric metric) {
    boolean exact = speakers.size() <= EXACT_SPEAKERS;
    SplittableRandom random = new SplittableRandom(seed);
    double[] sizes = new double[exact ? 1 << speakers.size() : PERMUTATIONS + 1];
    for (int n = 0; n < sizes.length; n++) {
      List<Pair> permuted = new ArrayList<>(speakers.size());
      for (int s = 0; s < speakers.size(); s++) {
        // Number 0 swaps nothing: it is what was observed.
        boolean swap = exact ? (n >> s & 1) == 1 : n > 0 && random.nextBoolean();
        permuted.add(swap ? speakers.get(s).swapped() : speakers.get(s));
      }
      sizes[n] = Math.abs(difference(metric, permuted));
    }
    return sizes;
  }

  private static OptionalDouble noiseFloor(double[] sizes) {
    double[] sorted = sizes.clone();
    Arrays.sort(sorted);
    // So many of the largest may lie at the floor or above it, and none equal to one below it.
    int largest = (int) (Comparison.LEVEL * sorted.length);
    return IntStream.range(sorted.length - largest, sorted.length)
        .filter(i -> sorted[i] - sorted[i - 1] > ROUNDING)
        .mapToDouble(i -> sorted[i])
        .findFirst();
  }

  private static double shareAtLeast(double size, double[] sizes) {
    return (double) Arrays.stream(sizes).filter(s -> s >= size - ROUNDING).count() / sizes.length;
  }

  private static double difference(Metric metric, List<Pair> pairs) {
    return value(metric, pairs.stream().map(Pair::second).toList())
        - value(metric, pairs.stream().map(Pair::first).toList());
  }

  private static double value(Metric metric, List<ConfusionMatrix> parts) {
    return metric.of(ConfusionMatrix.sum(parts)).orElseThrow();
  }

  private static void checkPaired(Predictions first, Predictions second) {
    if (!first.classes().equals(second.classes())) {
      throw new IllegalArgumentException(
          "runs over different classes cannot be compared: %s and %s"
              .formatted(first.classes(), second.classes()));
    }
    Map<String, Prediction> byClip = new LinkedHashMap<>();
    first.asList().forEach(prediction -> byClip.put(prediction.clip(), prediction));
    if (byClip.size() != first.size() || first.size() != second.size()) {
      throw new IllegalArgumentException(
          "expected two runs over the same clips, each once, found %d predictions for %d clips and %d"
              .formatted(first.size(), byClip.size(), second.size()));
    }
    for (Prediction prediction : second.asList()) {
      Prediction other = byClip.remove(prediction.clip());
      if (other == null) {
        throw new IllegalArgumentException(
            "clip %s is in the second run only, or there twice".formatted(prediction.clip()));
      }
      if (!other.actual().equals(prediction.actual())
          || !other.speaker().equals(prediction.speaker())) {
        throw new IllegalArgumentException(
            "clip %s is %s by speaker %s in the first run, but %s by speaker %s in the second"
                .formatted(
                    prediction.clip(),
                    other.actual(),
                    other.speaker(),
                    prediction.actual(),
                    prediction.speaker()));
      }
    }
  }
}
