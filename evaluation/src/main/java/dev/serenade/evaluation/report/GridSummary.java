package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.PairedTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every number of a grid's report.
 *
 * @param grid what is summed up
 * @param cells in the order of the grid's
 * @param choices of every row, if each has one: its column chosen without the test folds
 * @param comparisons of every other row with the first row, by the columns chosen without the test
 *     folds where there are {@code choices}, and else by the best ones; none with fewer than two
 *     speakers
 */
public record GridSummary(
    EvaluationGrid grid,
    List<Scored> cells,
    List<ColumnChoice> choices,
    List<RowComparison> comparisons) {

  /**
   * One run and its numbers.
   *
   * @param cell its place in the grid
   * @param summary its numbers
   */
  public record Scored(GridCell cell, RunSummary summary) {

    double recall() {
      return summary.metric(Metric.UNWEIGHTED_AVERAGE_RECALL).mean();
    }
  }

  /**
   * One row against the first row.
   *
   * @param firstRow the row compared with
   * @param row the row that is compared
   * @param comparison the test, second against first
   */
  public record RowComparison(String firstRow, String row, Comparison comparison) {}

  public GridSummary {
    cells = List.copyOf(cells);
    choices = List.copyOf(choices);
    comparisons = List.copyOf(comparisons);
  }

  /** Computes the numbers of a grid, whose runs must be over the same clips. */
  public static GridSummary of(EvaluationGrid grid) {
    List<Scored> cells =
        grid.cells().stream().map(cell -> new Scored(cell, RunSummary.of(cell.run()))).toList();
    List<ColumnChoice> choices =
        grid.rows().stream().flatMap(row -> ColumnChoice.of(grid, row).stream()).toList();
    boolean all = choices.size() == grid.rows().size();
    List<RunSummary> rows =
        all
            ? choices.stream().map(ColumnChoice::summary).toList()
            : bestOfRows(grid, cells).stream().map(Scored::summary).toList();
    return new GridSummary(grid, cells, all ? choices : List.of(), compare(grid.rows(), rows));
  }

  /** Returns the run at this place, if the grid has one. */
  public Optional<Scored> at(String row, String column) {
    return cells.stream()
        .filter(scored -> scored.cell().row().equals(row) && scored.cell().column().equals(column))
        .findFirst();
  }

  /** Returns the runs of one row. */
  public List<Scored> row(String row) {
    return cells.stream().filter(scored -> scored.cell().row().equals(row)).toList();
  }

  /**
   * Returns each row's run with the greatest mean unweighted average recall on the test folds. That
   * choice has seen the test folds, as the paper's has, so its number is on the high side.
   */
  public List<Scored> bestOfRows() {
    return bestOfRows(grid, cells);
  }

  private static List<Scored> bestOfRows(EvaluationGrid grid, List<Scored> cells) {
    return grid.rows().stream()
        .map(
            row ->
                cells.stream()
                    .filter(scored -> scored.cell().row().equals(row))
                    .max(Comparator.comparingDouble(Scored::recall))
                    .orElseThrow())
        .toList();
  }

  private static List<RowComparison> compare(List<String> names, List<RunSummary> rows) {
    RunSummary first = rows.get(0);
    if (first.predictions().bySpeaker().size() < 2) {
      return List.of();
    }
    List<RowComparison> comparisons = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      comparisons.add(
          new RowComparison(
              names.get(0),
              names.get(i),
              PairedTest.of(first.predictions(), rows.get(i).predictions(), first.run().seed())
                  .compare(Metric.UNWEIGHTED_AVERAGE_RECALL)));
    }
    return comparisons;
  }
}
