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
public record GridSummary(
    EvaluationGrid grid, List<Scored> cells, List<RowComparison> comparisons) {

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
    List<Scored> cells =
        grid.cells().stream().map(cell -> new Scored(cell, RunSummary.of(cell.run()))).toList();
    return new GridSummary(grid, cells, compare(bestOfRows(grid, cells)));
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

  private static List<RowComparison> compare(List<Scored> best) {
    Scored first = best.get(0);
    if (first.summary().predictions().bySpeaker().size() < 2) {
      return List.of();
    }
    return best.stream()
        .skip(1)
        .map(
            scored ->
                new RowComparison(
                    first.cell().row(),
                    scored.cell().row(),
                    PairedTest.of(
                            first.summary().predictions(),
                            scored.summary().predictions(),
                            first.summary().run().seed())
                        .compare(Metric.UNWEIGHTED_AVERAGE_RECALL)))
        .toList();
  }
}
