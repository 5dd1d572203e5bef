package dev.serenade.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row's column chosen without the test fold: in each fold the one whose chosen epoch has the
 * highest recall on the fold's validation clips; of equal ones the first.
 *
 * <p>Its predictions are those that someone would have got who did not know the test fold, so its
 * numbers can be believed, which those of the best column on the test folds cannot.
 *
 * @param row the row
 * @param columns the chosen column of each fold, in order
 * @param summary numbers over the chosen columns' test folds
 */
public record ColumnChoice(String row, List<String> columns, RunSummary summary) {

  /** Copies the columns. */
  public ColumnChoice {
    columns = List.copyOf(columns);
  }

  /**
   * Chooses; empty if the row has one column, a fold has no validation recall, or, as released, has
   * only that of its test fold.
   */
  static Optional<ColumnChoice> of(EvaluationGrid grid, String row) {
    List<GridCell> cells = grid.row(row);
    if (cells.size() < 2 || cells.stream().anyMatch(cell -> cell.run().isAsReleased())) {
      return Optional.empty();
    }
    EvaluationRun first = cells.get(0).run();
    List<String> columns = new ArrayList<>();
    List<FoldResult> folds = new ArrayList<>();
    for (FoldResult fold : first.folds()) {
      Optional<Candidate> best = Optional.empty();
      for (GridCell cell : cells) {
        Optional<Candidate> candidate = candidate(cell, fold.name());
        if (candidate.isEmpty()) {
          return Optional.empty();
        }
        if (best.isEmpty() || candidate.get().recall() > best.get().recall()) {
          best = candidate;
        }
      }
      columns.add(best.orElseThrow().column());
      folds.add(best.orElseThrow().fold());
    }
    EvaluationRun chosen =
        new EvaluationRun(
            "%s, %s, %s chosen on validation clips".formatted(grid.title(), row, grid.columnName()),
            first.protocol(),
            first.caveats(),
            folds,
            first.provenance(),
            first.seed());
    return Optional.of(new ColumnChoice(row, columns, RunSummary.of(chosen)));
  }

  private record Candidate(String column, FoldResult fold, double recall) {}

  private static Optional<Candidate> candidate(GridCell cell, String foldName) {
    for (FoldResult fold : cell.run().folds()) {
      OptionalDouble recall = fold.chosenValidationRecall();
      if (fold.name().equals(foldName) && recall.isPresent()) {
        return Optional.of(new Candidate(cell.column(), fold, recall.getAsDouble()));
      }
    }
    return Optional.empty();
  }
}
