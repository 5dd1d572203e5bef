package dev.serenade.evaluation.report;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.calibration.RiskCoverage;
import dev.serenade.evaluation.figure.AttentionChart;
import dev.serenade.evaluation.figure.AttentionTrace;
import dev.serenade.evaluation.figure.BarChart;
import dev.serenade.evaluation.figure.ConfusionMatrixChart;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.LineChart;
import dev.serenade.evaluation.figure.RadarChart;
import dev.serenade.evaluation.figure.ReliabilityDiagram;
import dev.serenade.evaluation.figure.RiskCoverageChart;
import dev.serenade.evaluation.figure.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The figures of one run. */
final class RunFigures {

  /** So many clips that were recognised, and so many that were not. */
  private static final int TRACES_OF_EACH = 4;

  private RunFigures() {}

  static Figure perClass(RunSummary summary) {
    ConfusionMatrix confusion = summary.confusion();
    String title = summary.run().labelled("Accuracy by class, %");
    List<Double> recalls = recalls(confusion);
    Series series = new Series("recall", recalls);
    return confusion.classes().size() < 3
        ? BarChart.of("class-accuracy", title, "recall, %", confusion.classes(), List.of(series))
        : RadarChart.of("class-accuracy", title, confusion.classes(), List.of(series));
  }

  /** Returns the recall of each class, NaN where it is undefined, as charts want it. */
  static List<Double> recalls(ConfusionMatrix confusion) {
    return IntStream.range(0, confusion.classes().size())
        .mapToObj(i -> confusion.recall(i).orElse(Double.NaN))
        .toList();
  }

  static Figure confusion(RunSummary summary) {
    return ConfusionMatrixChart.of(
        "confusion", summary.run().labelled("Confusion, all folds"), summary.confusion());
  }

  static Figure folds(RunSummary summary) {
    List<FoldResult> folds = summary.run().folds();
    return BarChart.of(
        "folds",
        summary.run().labelled("Accuracy by fold, %"),
        "%",
        folds.stream().map(FoldResult::name).toList(),
        List.of(
            foldSeries(folds, Metric.WEIGHTED_ACCURACY),
            foldSeries(folds, Metric.UNWEIGHTED_AVERAGE_RECALL)));
  }

  private static Series foldSeries(List<FoldResult> folds, Metric metric) {
    List<Double> values = folds.stream().map(fold -> metric.of(fold.predictions())).toList();
    return new Series(metric.shortName(), values);
  }

  static Figure reliability(RunSummary summary) {
    return ReliabilityDiagram.of(
        "reliability", summary.run().labelled("Reliability"), summary.calibration());
  }

  static Figure riskCoverage(RunSummary summary) {
    return RiskCoverageChart.of(
        "risk-coverage",
        summary.run().labelled("What abstaining buys"),
        RiskCoverage.of(summary.predictions()));
  }

  /** Loss and validation accuracy over epochs; nothing for models that were trained elsewhere. */
  static List<Figure> curves(EvaluationRun run) {
    List<FoldResult> folds = run.folds();
    List<Figure> figures = new ArrayList<>();
    curves(
            "loss",
            run.labelled("Loss over epochs"),
            "loss",
            List.of(
                bundle("training", folds, EpochScores::trainingLoss),
                bundle("validation", folds, EpochScores::validationLoss)))
        .ifPresent(figures::add);
    curves(
            "validation-accuracy",
            run.labelled("Validation accuracy over epochs"),
            "accuracy, %",
            List.of(
                bundle("WA", folds, epoch -> 100 * epoch.validationAccuracy()),
                bundle("UA", folds, epoch -> 100 * epoch.validationRecall())))
        .ifPresent(figures::add);
    return figures;
  }

  /** Draws lines over epochs, unless no value is known. */
  static Optional<Figure> curves(
      String name, String title, String yName, List<LineChart.Bundle> bundles) {
    boolean known =
        bundles.stream()
            .flatMap(bundle -> bundle.main().values().stream())
            .anyMatch(Double::isFinite);
    return known
        ? Optional.of(LineChart.of(name, title, "epoch", yName, bundles))
        : Optional.empty();
  }

  /** Returns the mean over folds, epoch by epoch, with each fold around it. */
  static LineChart.Bundle bundle(
      String name, List<FoldResult> folds, ToDoubleFunction<EpochScores> value) {
    List<Series> each =
        folds.stream()
            .map(
                fold ->
                    new Series(
                        fold.name(), fold.epochs().stream().map(value::applyAsDouble).toList()))
            .toList();
    int epochs = each.stream().mapToInt(series -> series.values().size()).max().orElse(0);
    List<Double> mean =
        IntStream.range(0, epochs)
            .mapToObj(
                e ->
                    each.stream()
                        .filter(series -> e < series.values().size())
                        .mapToDouble(series -> series.values().get(e))
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.NaN))
            .toList();
    return new LineChart.Bundle(new Series(name, mean), each.size() > 1 ? each : List.of());
  }

  /** Attention over the first clips that were recognised and the first that were not. */
  static List<Figure> attention(EvaluationRun run) {
    List<AttentionTrace> shown =
        Stream.of(true, false)
            .flatMap(
                correct ->
                    run.attention().stream()
                        .filter(trace -> trace.actual().equals(trace.predicted()) == correct)
                        .limit(TRACES_OF_EACH))
            .toList();
    return IntStream.range(0, shown.size())
        .mapToObj(i -> AttentionChart.of("attention-" + (i + 1), shown.get(i)))
        .toList();
  }
}
