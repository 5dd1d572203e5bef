package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Intervals, as of {@link SpeakerBootstrap}, of numbers that are made of confidences and not of a
 * confusion matrix.
 *
 * <p>Immutable; the same seed gives the same intervals.
 */
public final class ConfidenceBootstrap {

  /** The surest first. */
  private final List<Prediction> sorted;

  /** Which speaker each is of. */
  private final int[] speakers;

  /** How often each speaker was drawn, one row for each resample; none for a single speaker. */
  private final int[][] draws;

  private ConfidenceBootstrap(List<Prediction> sorted, int[] speakers, int[][] draws) {
    this.sorted = sorted;
    this.speakers = speakers;
    this.draws = draws;
  }

  /** Draws the resamples of these predictions. */
  public static ConfidenceBootstrap of(Predictions predictions, long seed) {
    List<Prediction> sorted =
        predictions.asList().stream()
            .sorted(Comparator.comparingDouble((Prediction p) -> -p.probabilities().confidence()))
            .toList();
    List<String> names = List.copyOf(predictions.bySpeaker().keySet());
    int[] speakers = sorted.stream().mapToInt(p -> names.indexOf(p.speaker())).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    int[][] draws =
        new int[names.size() < 2 ? 0 : SpeakerBootstrap.RESAMPLES][Math.max(1, names.size())];
    for (int[] draw : draws) {
      for (int i = 0; i < names.size(); i++) {
        draw[random.nextInt(names.size())]++;
      }
    }
    return new ConfidenceBootstrap(sorted, speakers, draws);
  }

  /** Returns the 95 % interval of {@link Calibration#expectedCalibrationError}. */
  public Optional<Interval> calibrationError() {
    double[] confidences = confidences();
    double[] correct = correct();
    return interval(
        draw -> {
          double[] differences = new double[Calibration.BINS];
          double clips = 0;
          for (int i = 0; i < confidences.length; i++) {
            int times = draw[speakers[i]];
            int bin = Math.min((int) (confidences[i] * Calibration.BINS), Calibration.BINS - 1);
            differences[bin] += times * (correct[i] - confidences[i]);
            clips += times;
          }
          return Arrays.stream(differences).map(Math::abs).sum() / clips;
        });
  }

  /** Returns the 95 % interval of {@link dev.serenade.evaluation.calibration.RiskCoverage#area}. */
  public Optional<Interval> riskCoverageArea() {
    double[] confidences = confidences();
    double[] correct = correct();
    return interval(
        draw -> {
          double area = 0;
          double errorsBefore = 0;
          int clips = 0;
          for (int from = 0; from < confidences.length; ) {
            int to = from;
            int equal = 0;
            double errors = 0;
            while (to < confidences.length && confidences[to] == confidences[from]) {
              int times = draw[speakers[to]];
              equal += times;
              errors += times * (1 - correct[to]);
              to++;
            }
            for (int j = 1; j <= equal; j++) {
              area += (errorsBefore + errors * j / equal) / (clips + j);
            }
            errorsBefore += errors;
            clips += equal;
            from = to;
          }
          return area / clips;
        });
  }

  /**
   * Returns the 95 % interval of the share of some predictions among others; empty if those are of
   * fewer than two speakers.
   *
   * @param counted which are counted, of those that are
   * @param among in question; resamples without any are left out
   */
  public Optional<Interval> share(Predicate<Prediction> counted, Predicate<Prediction> among) {
    boolean[] all = new boolean[sorted.size()];
    boolean[] some = new boolean[sorted.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = among.test(sorted.get(i));
      some[i] = all[i] && counted.test(sorted.get(i));
    }
    long inQuestion =
        IntStream.range(0, all.length).filter(i -> all[i]).map(i -> speakers[i]).distinct().count();
    if (inQuestion < 2) {
      return Optional.empty();
    }
    return interval(
        draw -> {
          int hits = 0;
          int total = 0;
          for (int i = 0; i < all.length; i++) {
            hits += some[i] ? draw[speakers[i]] : 0;
            total += all[i] ? draw[speakers[i]] : 0;
          }
          return (double) hits / total;
        });
  }

  private double[] confidences() {
    return sorted.stream().mapToDouble(p -> p.probabilities().confidence()).toArray();
  }

  /** 1 for hits, 0 for errors. */
  private double[] correct() {
    return sorted.stream().mapToDouble(p -> p.correct() ? 1 : 0).toArray();
  }

  private Optional<Interval> interval(ToDoubleFunction<int[]> statistic) {
    double[] values =
        Arrays.stream(draws).mapToDouble(statistic).filter(Double::isFinite).toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(Interval.middle95(values));
  }
}
