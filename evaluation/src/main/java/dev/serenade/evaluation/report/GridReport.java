package dev.serenade.evaluation.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.ReportFolder;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.page.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes many runs side by side, as the paper's tables 1, 3 and 4 and figures 2 to 5 do: {@code
 * report.html}, {@code results.json}, {@code tables.md}, {@code tables.tex} and {@code
 * figures/*.svg}. In {@code results.json}, {@code runs[]} holds each run's own results.
 */
public final class GridReport {

  private GridReport() {}

  /**
   * Writes a grid's report to a folder, in place of an earlier report there; other files are kept.
   *
   * @return the numbers that were written
   */
  public static GridSummary write(EvaluationGrid grid, Path folder) throws IOException {
    GridSummary summary = GridSummary.of(grid);
    List<Figure> bars =
        List.of(
            GridFigures.bars(summary, Metric.UNWEIGHTED_AVERAGE_RECALL),
            GridFigures.bars(summary, Metric.WEIGHTED_ACCURACY));
    List<Figure> classes = new ArrayList<>(List.of(GridFigures.classes(summary)));
    classes.addAll(GridFigures.confusions(summary));
    List<Figure> curves = GridFigures.curves(summary);
    List<Table> tables = GridTables.of(summary);
    ReportFolder.write(
        folder,
        Report.RESULTS,
        files -> {
          Files.writeString(
              files.resolve("report.html"), page(summary, bars, classes, curves, tables));
          Files.writeString(files.resolve("results.json"), results(summary));
          TableFiles.write(files, grid.title(), grid.caveats(), tables);
          for (List<Figure> figures : List.of(bars, classes, curves)) {
            Report.writeFigures(files, figures);
          }
        });
    return summary;
  }

  private static String page(
      GridSummary summary,
      List<Figure> bars,
      List<Figure> classes,
      List<Figure> curves,
      List<Table> tables) {
    EvaluationGrid grid = summary.grid();
    EvaluationRun run = grid.cells().get(0).run();
    HtmlPage page =
        new HtmlPage(grid.title())
            .caveats(grid.caveats())
            .heading("Protocol %s · ".formatted(run.protocol()) + grid.cells().size() + " runs")
            .section(
                "By %s and %s".formatted(grid.rowName(), grid.columnName()),
                "Mean over folds; whiskers are the standard deviation over folds.")
            .row(bars, List.of())
            .tables(tables)
            .section(
                "Classes",
                "The best run of each %s, chosen by its result on the test folds, so a little too"
                        .formatted(grid.rowName())
                    + " good.")
            .row(classes, List.of());
    if (!curves.isEmpty()) {
      page.section("Training", "Mean over folds, epoch by epoch.").row(curves, List.of());
    }
    return page.section("Provenance", "Of the first run; results.json has that of each.")
        .row(List.of(), List.of(RunTables.provenance(run.provenance())))
        .toString();
  }

  private static String results(GridSummary summary) {
    EvaluationGrid grid = summary.grid();
    JsonObject root = new JsonObject();
    root.add("caveats", ResultsJson.strings(grid.caveats()));
    root.addProperty("title", grid.title());
    root.addProperty("rowName", grid.rowName());
    root.addProperty("columnName", grid.columnName());
    JsonArray runs = new JsonArray();
    for (GridSummary.Scored scored : summary.cells()) {
      JsonObject run = new JsonObject();
      run.addProperty("row", scored.cell().row());
      run.addProperty("column", scored.cell().column());
      scored.cell().published().ifPresent(published -> run.add("published", json(published)));
      run.add("results", ResultsJson.object(scored.summary()));
      runs.add(run);
    }
    root.add("runs", runs);
    JsonObject publishedBest = new JsonObject();
    grid.publishedBest().forEach((row, published) -> publishedBest.add(row, json(published)));
    root.add("publishedBest", publishedBest);
    JsonArray choices = new JsonArray();
    for (ColumnChoice choice : summary.choices()) {
      JsonObject json = new JsonObject();
      json.addProperty("row", choice.row());
      json.add("columns", ResultsJson.strings(choice.columns()));
      json.add("results", ResultsJson.object(choice.summary()));
      choices.add(json);
    }
    root.add("chosenOnValidation", choices);
    JsonArray comparisons = new JsonArray();
    summary.comparisons().forEach(comparison -> comparisons.add(json(comparison)));
    root.add("comparisons", comparisons);
    return ResultsJson.text(root);
  }

  private static JsonObject json(PublishedScores published) {
    JsonObject json = new JsonObject();
    for (Metric metric : Metric.values()) {
      if (published.of(metric).isPresent()) {
        json.add(metric.key(), ResultsJson.number(published.of(metric)));
      }
    }
    return json;
  }

  private static JsonObject json(GridSummary.RowComparison row) {
    JsonObject json = new JsonObject();
    json.addProperty("first", row.firstRow());
    json.addProperty("second", row.row());
    json.addProperty("metric", row.comparison().metric().key());
    json.addProperty("difference", row.comparison().difference());
    json.addProperty("ci95Low", row.comparison().interval95().low());
    json.addProperty("ci95High", row.comparison().interval95().high());
    json.addProperty("pValue", row.comparison().pValue());
    json.add("noiseFloor", ResultsJson.number(row.comparison().noiseFloor()));
    json.addProperty("verdict", row.comparison().verdict());
    return json;
  }
}
