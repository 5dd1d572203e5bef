package dev.serenade.evaluation.page;

import dev.serenade.evaluation.significance.Interval;
import dev.serenade.evaluation.significance.MetricSummary;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Shares as percentages with one decimal; what is undefined is a dash. */
public final class Percent {

  /** What is written where there is no number. */
  public static final String UNDEFINED = "–";

  private Percent() {}

  /** Returns 100 times a share. */
  public static String of(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** Returns 100 times a share, or a dash. */
  public static String of(OptionalDouble share) {
    return share.isPresent() ? of(share.getAsDouble()) : UNDEFINED;
  }

  /** Returns both ends of an interval, or a dash. */
  public static String of(Optional<Interval> interval) {
    return interval.map(i -> "%s to %s".formatted(of(i.low()), of(i.high()))).orElse(UNDEFINED);
  }

  /** Returns mean and deviation over folds, or the mean alone. */
  public static String meanAndDeviation(MetricSummary summary) {
    return summary.standardDeviation().isPresent()
        ? "%s ± %s".formatted(of(summary.mean()), of(summary.standardDeviation()))
        : of(summary.mean());
  }
}
