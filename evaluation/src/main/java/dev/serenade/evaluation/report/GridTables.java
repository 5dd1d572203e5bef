package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.significance.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tables of a grid. */
final class GridTables {

  private GridTables() {}

  /** Returns all tables; without comparisons if there are none. */
  static List<Table> of(GridSummary summary) {
    return summary.comparisons().isEmpty()
        ? List.of(runs(summary))
        : List.of(runs(summary), comparisons(summary));
  }

  /** Every run with the published numbers beside, if there are any. */
  private static Table runs(GridSummary summary) {
    boolean published =
        summary.cells().stream().anyMatch(scored -> scored.cell().published().isPresent());
    List<String> header =
        new ArrayList<>(List.of(summary.grid().rowName(), summary.grid().columnName()));
    header.addAll(published ? List.of("WA", "published", "UA", "published") : List.of("WA", "UA"));
    header.addAll(List.of("UA pooled, 95 % interval", "weighted F1"));
    List<List<String>> rows = new ArrayList<>();
    for (GridSummary.Scored scored : summary.cells()) {
      RunSummary run = scored.summary();
      List<String> row = new ArrayList<>(List.of(scored.cell().row(), scored.cell().column()));
      row.add(Percent.meanAndDeviation(run.metric(Metric.WEIGHTED_ACCURACY)));
      if (published) {
        row.add(published(scored, GridCell.Published::weightedAccuracy));
      }
      row.add(Percent.meanAndDeviation(run.metric(Metric.UNWEIGHTED_AVERAGE_RECALL)));
      if (published) {
        row.add(published(scored, GridCell.Published::unweightedAverageRecall));
      }
      row.add(Percent.of(run.metric(Metric.UNWEIGHTED_AVERAGE_RECALL).interval95()));
      row.add(Percent.meanAndDeviation(run.metric(Metric.WEIGHTED_F1)));
      rows.add(row);
    }
    return new Table("All runs, %: mean ± standard deviation over folds (ddof 1)", 2, header, rows);
  }

  private static String published(
      GridSummary.Scored scored, ToDoubleFunction<GridCell.Published> value) {
    Optional<GridCell.Published> published = scored.cell().published();
    return published.map(p -> Percent.of(value.applyAsDouble(p))).orElse(Percent.UNDEFINED);
  }

  private static Table comparisons(GridSummary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (GridSummary.RowComparison row : summary.comparisons()) {
      Comparison comparison = row.comparison();
      rows.add(
          List.of(
              "%s against %s".formatted(row.row(), row.firstRow()),
              comparison.verdict(),
              String.format(Locale.ROOT, "%+.1f", 100 * comparison.difference()),
              Percent.of(Optional.of(comparison.interval95())),
              String.format(Locale.ROOT, "%.3f", comparison.pValue()),
              Percent.of(comparison.noiseFloor())));
    }
    return new Table(
        "Best of each row against the first, pooled UA, points; speakers swapped and resampled",
        2,
        List.of("runs", "verdict", "difference", "95 % interval", "p", "noise floor"),
        rows);
  }
}
