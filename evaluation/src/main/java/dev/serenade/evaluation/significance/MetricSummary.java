package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One metric of a cross-validation.
 *
 * <p>{@code mean} weighs every fold alike, and is what papers print; {@code pooled} takes all
 * folds' predictions for one test set, and is what the interval belongs to.
 *
 * @param metric what is summarised
 * @param mean the mean of the folds' values
 * @param standardDeviation the sample standard deviation of the folds' values, divided by (folds -
 *     1) (ddof = 1; numpy's default divides by folds); empty for a single fold
 * @param pooled the value over all predictions together
 * @param interval95 the 95 % interval of {@code pooled} over speakers, see {@link
 *     SpeakerBootstrap}; empty for a single speaker
 */
public record MetricSummary(
    Metric metric,
    double mean,
    OptionalDouble standardDeviation,
    double pooled,
    Optional<Interval> interval95) {

  /** Summarises one metric of these predictions; the seed is the bootstrap's. */
  public static MetricSummary of(Predictions predictions, Metric metric, long seed) {
    return of(predictions, metric, SpeakerBootstrap.of(predictions, seed));
  }

  /** Summarises all metrics of these predictions, in the order of {@link Metric}. */
  public static List<MetricSummary> allOf(Predictions predictions, long seed) {
    SpeakerBootstrap bootstrap = SpeakerBootstrap.of(predictions, seed);
    return Arrays.stream(Metric.values())
        .map(metric -> of(predictions, metric, bootstrap))
        .toList();
  }

  private static MetricSummary of(
      Predictions predictions, Metric metric, SpeakerBootstrap bootstrap) {
    List<Double> folds = new ArrayList<>();
    predictions.byFold().values().forEach(fold -> folds.add(metric.of(fold)));
    return new MetricSummary(
        metric,
        mean(folds),
        standardDeviation(folds),
        metric.of(predictions),
        bootstrap.interval95(metric::of));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static OptionalDouble standardDeviation(List<Double> values) {
    if (values.size() < 2) {
      return OptionalDouble.empty();
    }
    double mean = mean(values);
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return OptionalDouble.of(Math.sqrt(squares / (values.size() - 1)));
  }
}
