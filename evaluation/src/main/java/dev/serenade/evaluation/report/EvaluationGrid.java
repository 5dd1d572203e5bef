package dev.serenade.evaluation.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs over the same clips that differ in two settings, such as the paper's poolings and layers.
 *
 * @param title what was evaluated
 * @param rowName the setting of the rows, such as {@code "pooling"}
 * @param columnName the setting of the columns, such as {@code "layer"}
 * @param cells at least one; rows and columns are shown in order of first appearance, and others
 *     are compared with the first row
 * @param publishedBest what a paper printed for the best column of a row, by row; may be empty
 */
public record EvaluationGrid(
    String title,
    String rowName,
    String columnName,
    List<GridCell> cells,
    Map<String, PublishedScores> publishedBest) {

  public EvaluationGrid {
    cells = List.copyOf(cells);
    publishedBest = Collections.unmodifiableMap(new LinkedHashMap<>(publishedBest));
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

  /** A grid of which no paper prints a best column. */
  public EvaluationGrid(String title, String rowName, String columnName, List<GridCell> cells) {
    this(title, rowName, columnName, cells, Map.of());
  }

  /** Returns the rows, in order of first appearance. */
  public List<String> rows() {
    return cells.stream().map(GridCell::row).distinct().toList();
  }

  /** Returns the columns, in order of first appearance. */
  public List<String> columns() {
    return cells.stream().map(GridCell::column).distinct().toList();
  }

  /** Returns the runs of one row. */
  List<GridCell> row(String row) {
    return cells.stream().filter(cell -> cell.row().equals(row)).toList();
  }

  /** Returns the label of its runs: that of the first that has one, or nothing. */
  public String label() {
    return cells.stream()
        .map(cell -> cell.run().label())
        .filter(label -> !label.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Returns a title with the label, if there is one. */
  String labelled(String title) {
    return label().isEmpty() ? title : title + ", " + label();
  }

  /** Returns the caveats of all runs, each once. */
  public List<String> caveats() {
    return cells.stream().flatMap(cell -> cell.run().caveats().stream()).distinct().toList();
  }
}
