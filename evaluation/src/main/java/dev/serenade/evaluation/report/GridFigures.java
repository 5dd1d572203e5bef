package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.figure.BarChart;
import dev.serenade.evaluation.figure.ConfusionMatrixChart;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.LineChart;
import dev.serenade.evaluation.figure.RadarChart;
import dev.serenade.evaluation.figure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of a grid: the paper's figures 2 to 5. */
final class GridFigures {

  private GridFigures() {}

  /** Bars by column, one for each row of the grid, as in figure 5. */
  static Figure bars(GridSummary summary, Metric metric) {
    EvaluationGrid grid = summary.grid();
    List<Series> series =
        grid.rows().stream()
            .map(
                row ->
                    new Series(
                        row,
                        values(summary, row, c -> c.metric(metric).mean()),
                        values(
                            summary,
                            row,
                            c -> c.metric(metric).standardDeviation().orElse(Double.NaN))))
            .toList();
    return BarChart.of(
        "bars-" + metric.key(),
        grid.labelled(
            "%s by %s, %%, with deviation over folds"
                .formatted(metric.shortName(), grid.columnName())),
        "%",
        grid.columns(),
        series);
  }

  private static List<Double> values(
      GridSummary summary, String row, ToDoubleFunction<RunSummary> value) {
    return summary.grid().columns().stream()
        .map(
            column ->
                summary
                    .at(row, column)
                    .map(scored -> value.applyAsDouble(scored.summary()))
                    .orElse(Double.NaN))
        .toList();
  }

  /** Per-class accuracy of each row's best run, as in figure 2. */
  static Figure classes(GridSummary summary) {
    List<Series> series = new ArrayList<>();
    for (GridSummary.Scored scored : summary.bestOfRows()) {
      series.add(
          new Series(name(summary, scored), RunFigures.recalls(scored.summary().confusion())));
    }
    List<String> classes = summary.cells().get(0).summary().predictions().classes();
    String title = summary.grid().labelled("Accuracy by class, %");
    return classes.size() < 3
        ? BarChart.of("class-accuracy", title, "%", classes, series)
        : RadarChart.of("class-accuracy", title, classes, series);
  }

  /** The confusion matrix of each row's best run, as in figure 3. */
  static List<Figure> confusions(GridSummary summary) {
    List<Figure> figures = new ArrayList<>();
    for (GridSummary.Scored scored : summary.bestOfRows()) {
      figures.add(
          ConfusionMatrixChart.of(
              "confusion-" + (figures.size() + 1),
              summary.grid().labelled("Confusion, " + name(summary, scored)),
              scored.summary().confusion()));
    }
    return figures;
  }

  /** Training loss and validation accuracy by column, for each row, as in figure 4. */
  static List<Figure> curves(GridSummary summary) {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < summary.grid().rows().size(); i++) {
      String row = summary.grid().rows().get(i);
      add(
          figures,
          summary,
          "loss-" + (i + 1),
          summary.grid().labelled("Training loss, " + row),
          "loss",
          row,
          EpochScores::trainingLoss);
      add(
          figures,
          summary,
          "accuracy-" + (i + 1),
          summary.grid().labelled("Validation accuracy, " + row),
          "accuracy, %",
          row,
          epoch -> 100 * epoch.validationAccuracy());
    }
    return figures;
  }

  private static void add(
      List<Figure> figures,
      GridSummary summary,
      String name,
      String title,
      String yName,
      String row,
      ToDoubleFunction<EpochScores> value) {
    List<LineChart.Bundle> bundles =
        summary.row(row).stream()
            .map(
                scored ->
                    new LineChart.Bundle(
                        RunFigures.bundle(
                                summary.grid().columnName() + " " + scored.cell().column(),
                                scored.cell().run().folds(),
                                value)
                            .main()))
            .toList();
    RunFigures.curves(name, title, yName, bundles).ifPresent(figures::add);
  }

  private static String name(GridSummary summary, GridSummary.Scored scored) {
    return "%s, %s %s"
        .formatted(scored.cell().row(), summary.grid().columnName(), scored.cell().column());
  }
}
