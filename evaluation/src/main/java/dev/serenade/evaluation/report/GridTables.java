package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.significance.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of a grid. */
final class GridTables {

  /** What the paper prints, in its order. */
  private static final List<Metric> METRICS =
      List.of(Metric.WEIGHTED_ACCURACY, Metric.UNWEIGHTED_AVERAGE_RECALL, Metric.WEIGHTED_F1);

  private static final String PUBLISHED = "published";

  private GridTables() {}

  /** Returns all tables that the grid has something for. */
  static List<Table> of(GridSummary summary) {
    List<Table> tables = new ArrayList<>(shortOf(summary));
    tables.add(runs(summary));
    return tables;
  }

  /** Returns the tables that have a line for each row of the grid. */
  static List<Table> shortOf(GridSummary summary) {
    List<Table> tables = new ArrayList<>(List.of(best(summary)));
    if (!summary.choices().isEmpty()) {
      tables.add(choices(summary));
    }
    if (!summary.comparisons().isEmpty()) {
      tables.add(comparisons(summary));
    }
    return tables;
  }

  /** Every row's best run, as in the paper's table 1. */
  private static Table best(GridSummary summary) {
    boolean published = !summary.grid().publishedBest().isEmpty();
    List<List<String>> rows = new ArrayList<>();
    for (GridSummary.Scored scored : summary.bestOfRows()) {
      String row = scored.cell().row();
      rows.add(
          scores(
              List.of(row, scored.cell().column()),
              scored.summary(),
              published,
              Optional.ofNullable(summary.grid().publishedBest().get(row))));
    }
    return new Table(
        "The best %s of each %s, chosen on the test folds as in the paper, so a little too good; %%"
            .formatted(summary.grid().columnName(), summary.grid().rowName()),
        2,
        header(summary, published),
        rows);
  }

  /** Every row with its column chosen on validation clips. */
  private static Table choices(GridSummary summary) {
    List<String> header =
        List.of(
            summary.grid().rowName(),
            summary.grid().columnName() + "s chosen",
            "WA",
            "UA",
            "weighted F1",
            "UA pooled, 95 % interval");
    List<List<String>> rows = new ArrayList<>();
    for (ColumnChoice choice : summary.choices()) {
      RunSummary run = choice.summary();
      List<String> row = new ArrayList<>(List.of(choice.row(), counts(choice.columns())));
      METRICS.forEach(metric -> row.add(Percent.meanAndDeviation(run.metric(metric))));
      row.add(Percent.of(run.metric(Metric.UNWEIGHTED_AVERAGE_RECALL).interval95()));
      rows.add(row);
    }
    return new Table(
        "The %s chosen on validation clips, fold by fold, the test folds unseen; %%"
            .formatted(summary.grid().columnName()),
        2,
        header,
        rows);
  }

  private static String counts(List<String> columns) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    columns.stream().sorted().forEach(column -> counts.merge(column, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " × " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Every run, as in the paper's tables 3 and 4, with its numbers beside if it has any. */
  private static Table runs(GridSummary summary) {
    boolean published =
        summary.cells().stream().anyMatch(scored -> scored.cell().published().isPresent());
    List<List<String>> rows = new ArrayList<>();
    for (GridSummary.Scored scored : summary.cells()) {
      GridCell cell = scored.cell();
      rows.add(
          scores(
              List.of(cell.row(), cell.column()), scored.summary(), published, cell.published()));
    }
    return new Table(
        "All runs, %: mean ± standard deviation over folds (ddof 1)",
        2, header(summary, published), rows);
  }

  private static List<String> header(GridSummary summary, boolean published) {
    List<String> header =
        new ArrayList<>(List.of(summary.grid().rowName(), summary.grid().columnName()));
    for (Metric metric : METRICS) {
      header.add(metric.shortName());
      if (published) {
        header.add(PUBLISHED);
      }
    }
    header.add("UA pooled, 95 % interval");
    return header;
  }

  private static List<String> scores(
      List<String> names,
      RunSummary run,
      boolean withPublished,
      Optional<PublishedScores> published) {
    List<String> row = new ArrayList<>(names);
    for (Metric metric : METRICS) {
      row.add(Percent.meanAndDeviation(run.metric(metric)));
      if (withPublished) {
        row.add(published.map(p -> Percent.of(p.of(metric))).orElse(Percent.UNDEFINED));
      }
    }
    row.add(Percent.of(run.metric(Metric.UNWEIGHTED_AVERAGE_RECALL).interval95()));
    return row;
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
    String which =
        summary.choices().isEmpty()
            ? "The best of each row against the first row's"
            : "Each row against the first, columns chosen on validation clips";
    return new Table(
        which + "; pooled UA, points; speakers swapped and resampled",
        2,
        List.of("runs", "verdict", "difference", "95 % interval", "p", "noise floor"),
        rows);
  }
}
