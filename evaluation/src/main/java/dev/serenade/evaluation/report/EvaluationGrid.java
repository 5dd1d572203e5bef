package dev.serenade.evaluation.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs over the same clips that differ in two settings, such as the paper's poolings and layers.
 *
 * @param title what was evaluated
 * @param rowName the setting of the rows, such as {@code "pooling"}
 * @param columnName the setting of the columns, such as {@code "layer"}
 * @param cells at least one; rows and columns are shown in order of first appearance, and others
 *     are compared with the first row
 */
public record EvaluationGrid(
    String title, String rowName, String columnName, List<GridCell> cells) {

  public EvaluationGrid {
    cells = List.copyOf(cells);
    Set<List<String>> places = new LinkedHashSet<>();
    for (GridCell cell : cells) {
      if (!places.add(List.of(cell.row(), cell.column()))) {
        throw new IllegalArgumentException(
            "%s: expected one run for each %s and %s, found two for %s and %s"
                .formatted(title, rowName, columnName, cell.row(), cell.column()));
      }
    }
    if (cells.isEmpty()) {
      throw new IllegalArgumentException(title + ": expected at least one run, found none");
    }
  }

  /** Returns the rows, in order of first appearance. */
  public List<String> rows() {
    return cells.stream().map(GridCell::row).distinct().toList();
  }

  /** Returns the columns, in order of first appearance. */
  public List<String> columns() {
    return cells.stream().map(GridCell::column).distinct().toList();
  }

  /** Returns the caveats of all runs, each once. */
  public List<String> caveats() {
    return cells.stream().flatMap(cell -> cell.run().caveats().stream()).distinct().toList();
  }
}
