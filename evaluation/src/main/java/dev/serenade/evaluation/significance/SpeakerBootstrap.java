package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Intervals that say how a number would vary with other speakers: the percentile bootstrap over
 * clusters.
 *
 * <p>With S speakers, {@value #RESAMPLES} times S speakers are drawn with replacement, each with
 * all its clips, and the statistic is computed on what was drawn; the interval is the middle 95 %
 * of those. Drawing clips instead would take one speaker's clips for independent, and give an
 * interval far too narrow. With fewer than about ten speakers even this one is too narrow.
 *
 * <p>Edge cases: there is no interval for a single speaker. Resamples in which the statistic is
 * undefined are left out.
 *
 * <p>Davison and Hinkley, "Bootstrap Methods and their Application", 1997, sections 3.8 and 5.3.
 *
 * <p>Immutable; the same seed gives the same intervals.
 */
public final class SpeakerBootstrap {

  /** How often speakers are drawn anew. */
  public static final int RESAMPLES = 2_000;

  private final List<ConfusionMatrix> resamples;

  private SpeakerBootstrap(List<ConfusionMatrix> resamples) {
    this.resamples = resamples;
  }

  /** Draws the resamples of these predictions. */
  public static SpeakerBootstrap of(Predictions predictions, long seed) {
    List<ConfusionMatrix> speakers =
        predictions.bySpeaker().values().stream().map(ConfusionMatrix::of).toList();
    if (speakers.size() < 2) {
      return new SpeakerBootstrap(List.of());
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<ConfusionMatrix> resamples = new ArrayList<>();
    for (int r = 0; r < RESAMPLES; r++) {
      resamples.add(ConfusionMatrix.sum(draw(speakers, random)));
    }
    return new SpeakerBootstrap(resamples);
  }

  /**
   * Returns the 95 % interval of a statistic of anything that speakers have several of; empty with
   * fewer than two speakers.
   *
   * @param bySpeaker what each speaker has
   * @param statistic of what the drawn speakers have together, finite
   */
  public static <T> Optional<Interval> interval95(
      List<List<T>> bySpeaker, ToDoubleFunction<List<T>> statistic, long seed) {
    if (bySpeaker.size() < 2) {
      return Optional.empty();
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      values[r] =
          statistic.applyAsDouble(draw(bySpeaker, random).stream().flatMap(List::stream).toList());
    }
    return Optional.of(Interval.middle95(values));
  }

  /** Returns as many elements as there are, drawn with replacement. */
  static <T> List<T> draw(List<T> from, SplittableRandom random) {
    List<T> drawn = new ArrayList<>(from.size());
    for (int i = 0; i < from.size(); i++) {
      drawn.add(from.get(random.nextInt(from.size())));
    }
    return drawn;
  }

  /**
   * Returns the 95 % interval of a statistic, such as {@code Metric.MACRO_F1::of}; empty with fewer
   * than two speakers, or if the statistic is undefined in every resample.
   */
  public Optional<Interval> interval95(Function<ConfusionMatrix, OptionalDouble> statistic) {
    double[] values =
        resamples.stream().map(statistic).flatMapToDouble(OptionalDouble::stream).toArray();
    return values.length == 0 ? Optional.empty() : Optional.of(Interval.middle95(values));
  }
}
