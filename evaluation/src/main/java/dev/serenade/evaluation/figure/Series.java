package dev.serenade.evaluation.figure;

import java.util.List;

/**
 * Named values, one for each category or step of a chart.
 *
 * @param name as the legend shows it
 * @param values NaN where there is none; nothing is drawn there
 * @param deviations half the length of each error bar, as many as values, or none at all
 */
public record Series(String name, List<Double> values, List<Double> deviations) {

  public Series {
    values = List.copyOf(values);
    deviations = List.copyOf(deviations);
    if (!deviations.isEmpty() && deviations.size() != values.size()) {
      throw new IllegalArgumentException(
          "series %s: expected as many deviations as its %d values, found %d"
              .formatted(name, values.size(), deviations.size()));
    }
  }

  /** A series without error bars. */
  public Series(String name, List<Double> values) {
    this(name, values, List.of());
  }

  /** Refuses series that do not have one value for each of these. */
  static void check(List<Series> series, int expected, String what) {
    if (series.isEmpty() || expected == 0) {
      throw new IllegalArgumentException(
          "expected at least one series over at least one of the %s, found %d over %d"
              .formatted(what, series.size(), expected));
    }
    for (Series one : series) {
      if (one.values().size() != expected) {
        throw new IllegalArgumentException(
            "series %s: expected a value for each of %d %s, found %d"
                .formatted(one.name(), expected, what, one.values().size()));
      }
    }
  }
}
