package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.report.EvaluationGrid;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.GridCell;
import dev.serenade.evaluation.report.GridReport;
import dev.serenade.evaluation.report.GridSummary;
import dev.serenade.evaluation.significance.MetricSummary;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.experiment.Recipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Evaluates poolings by layers, as the paper's tables 3 and 4 do.
 *
 * <p>Each run has a report of its own in {@code cells/POOLING-LAYER} below the grid's, and one that
 * is there already, of the same clips and settings, is not made again: a grid that was stopped goes
 * on where it was.
 */
final class GridRun {

  private static final String CELLS = "cells";
  private static final String HEAD = "%-12s";
  private static final String NUMBER = "%14s";

  private final Preparation prepared;
  private final Protocol protocol;
  private final PublishedGrid published;
  private final int threads;
  private final Terminal terminal;

  GridRun(
      Preparation prepared,
      Protocol protocol,
      PublishedGrid published,
      int threads,
      Terminal terminal) {
    this.prepared = prepared;
    this.protocol = protocol;
    this.published = published;
    this.threads = threads;
    this.terminal = terminal;
  }

  /**
   * Runs the grid and writes its report.
   *
   * @param recipes the rows; they differ in their pooling
   * @param fusions the columns
   */
  GridSummary run(List<Recipe> recipes, List<LayerFusion> fusions, Path report)
      throws CannotRunException, InterruptedException {
    List<GridCell> cells = new ArrayList<>();
    int all = recipes.size() * fusions.size();
    for (Recipe recipe : recipes) {
      for (LayerFusion fusion : fusions) {
        String pooling = recipe.headKind();
        terminal.errorLine(
            "[%d/%d] %s, layer %s".formatted(cells.size() + 1, all, pooling, fusion.text()));
        EvaluationRun run = cell(new RecipeEvaluation(prepared, protocol, recipe, fusion), report);
        cells.add(
            new GridCell(pooling, fusion.text(), run, published.scores(pooling, fusion.text())));
      }
    }
    String title =
        "%s: %s".formatted(prepared.source().corpus().name(), prepared.origin().identity().name());
    EvaluationGrid grid = new EvaluationGrid(title, "pooling", "layer", cells, published.best());
    try {
      GridSummary summary = GridReport.write(grid, report);
      grid.caveats().forEach(terminal::errorLine);
      print(summary);
      terminal.errorLine("report: " + report.resolve("report.html"));
      return summary;
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(report, e), e);
    }
  }

  private EvaluationRun cell(RecipeEvaluation evaluation, Path report)
      throws CannotRunException, InterruptedException {
    String name =
        "%s-%s"
            .formatted(
                evaluation.recipe().headKind(),
                evaluation.fusion().text().replaceAll("[^0-9A-Za-z]+", "-"));
    Path folder = report.resolve(CELLS).resolve(name);
    return evaluation.runOnce(folder, threads, terminal);
  }

  private void print(GridSummary summary) {
    PrintWriter out = terminal.outWriter();
    out.printf(HEAD, "UA %");
    summary.grid().columns().forEach(column -> out.printf(NUMBER, column));
    out.println(summary.grid().label().isEmpty() ? "" : "  " + summary.grid().label());
    for (String row : summary.grid().rows()) {
      out.printf(HEAD, row);
      for (GridSummary.Scored scored : summary.row(row)) {
        out.printf(NUMBER, text(scored.summary().metric(Metric.UNWEIGHTED_AVERAGE_RECALL)));
      }
      out.println();
    }
    out.flush();
  }

  private static String text(MetricSummary recall) {
    String mean = String.format(Locale.ROOT, "%.1f", 100 * recall.mean());
    return recall.standardDeviation().isPresent()
        ? String.format(
            Locale.ROOT, "%s ± %.1f", mean, 100 * recall.standardDeviation().getAsDouble())
        : mean;
  }
}
