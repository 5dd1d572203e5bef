package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.PairedTest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every number of a grid's report.
 *
 * @param grid what is summed up
 * @param cells in the order of the grid's
 * @param comparisons of every other row's best run with the first row's; none with fewer than two
 *     speakers
 */
public record GridSummary(EvaluationGrid grid, List<Cell> cells, List<RowComparison> comparisons) {

  /**
   * One run and its numbers.
   *
   * @param cell its place in the grid
   * @param summary its numbers
   */
  public record Cell(GridCell cell, RunSummary summary) {

    double recall() {
      return summary.metric(Metric.UNWEIGHTED_AVERAGE_RECALL).mean();
    }
  }

  /**
   * One row's best run against the first row's best.
   *
   * @param firstRow the row compared with
   * @param row the row that is compared
   * @param comparison the test, second against first
   */
  public record RowComparison(String firstRow, String row, Comparison comparison) {}

  public GridSummary {
    cells = List.copyOf(cells);
    comparisons = List.copyOf(comparisons);
  }

  /** Computes the numbers of a grid, whose runs must be over the same clips. */
  public static GridSummary of(EvaluationGrid grid) {
    List<Cell> cells =
        grid.cells().stream().map(cell -> new Cell(cell, RunSummary.of(cell.run()))).toList();
    return new GridSummary(grid, cells, compare(bestOfRows(grid, cells)));
  }

  /** Returns the run at this place, if the grid has one. */
  public Optional<Cell> at(String row, String column) {
    return cells.stream()
        .filter(c -> c.cell().row().equals(row) && c.cell().column().equals(column))
        .findFirst();
  }

  /** Returns the runs of one row. */
  public List<Cell> row(String row) {
    return cells.stream().filter(c -> c.cell().row().equals(row)).toList();
  }

  /**
   * Returns each row's run with the greatest mean unweighted average recall on the test folds. That
   * choice has seen the test folds, as the paper's has, so its number is on the high side.
   */
  public List<Cell> bestOfRows() {
    return bestOfRows(grid, cells);
  }

  private static List<Cell> bestOfRows(EvaluationGrid grid, List<Cell> cells) {
    return grid.rows().stream()
        .map(
            row ->
                cells.stream()
                    .filter(cell -> cell.cell().row().equals(row))
                    .max(Comparator.comparingDouble(Cell::recall))
                    .orElseThrow())
        .toList();
  }

  private static List<RowComparison> compare(List<Cell> best) {
    Cell first = best.get(0);
    if (first.summary().predictions().bySpeaker().size() < 2) {
      return List.of();
    }
    return best.stream()
        .skip(1)
        .map(
            cell ->
                new RowComparison(
                    first.cell().row(),
                    cell.cell().row(),
                    PairedTest.of(
                            first.summary().predictions(),
                            cell.summary().predictions(),
                            first.summary().run().seed())
                        .compare(Metric.UNWEIGHTED_AVERAGE_RECALL)))
        .toList();
  }
}
