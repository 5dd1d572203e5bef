package dev.serenade.evaluation.report;

import java.util.Optional;

/**
 * One run of a grid.
 *
 * @param row its row, such as the pooling
 * @param column its column, such as the layer
 * @param run what was evaluated
 * @param published what a paper printed for it, if it did
 */
public record GridCell(
    String row, String column, EvaluationRun run, Optional<PublishedScores> published) {

  /** A run of which no paper prints the numbers. */
  public GridCell(String row, String column, EvaluationRun run) {
    this(row, column, run, Optional.empty());
  }
}
