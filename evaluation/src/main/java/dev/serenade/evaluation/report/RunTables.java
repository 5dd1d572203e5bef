package dev.serenade.evaluation.report;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.RiskCoverage;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The tables of one run, all in percent unless they say otherwise. */
final class RunTables {

  private static final int MISTAKES = 10;

  private RunTables() {}

  static Table summary(RunSummary summary) {
    List<List<String>> rows =
        summary.metrics().stream()
            .map(
                metric ->
                    List.of(
                        metric.metric().shortName(),
                        Percent.meanAndDeviation(metric),
                        Percent.of(metric.pooled()),
                        Percent.of(metric.interval95())))
            .toList();
    return new Table(
        "Summary, %: mean ± standard deviation over folds (ddof 1); all folds pooled, with 95 %"
            + " bootstrap interval over speakers",
        List.of("metric", "mean ± std", "pooled", "95 % interval"), rows);
  }

  /** This run and what the benchmark prints, in the benchmark's order of metrics. */
  static Table benchmark(RunSummary summary) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "this run",
            Percent.meanAndDeviation(summary.metric(Metric.UNWEIGHTED_AVERAGE_RECALL)),
            Percent.meanAndDeviation(summary.metric(Metric.WEIGHTED_ACCURACY)),
            Percent.meanAndDeviation(summary.metric(Metric.MACRO_F1))));
    for (Benchmark.Row row : summary.run().benchmark().published()) {
      rows.add(
          List.of(
              row.model() + ", published",
              Percent.of(row.unweightedAverageRecall()),
              Percent.of(row.weightedAccuracy()),
              Percent.of(row.macroF1())));
    }
    return new Table(
        summary.run().benchmark().name() + ", %, means over folds",
        List.of("model", "UA", "WA", "macro-F1"),
        rows);
  }

  /** In what this run differs from the benchmark. */
  static Table deviations(Benchmark benchmark) {
    List<List<String>> rows = new ArrayList<>();
    for (String deviation : benchmark.deviations()) {
      rows.add(List.of(Integer.toString(rows.size() + 1), deviation));
    }
    return new Table(
        "Where this differs from " + benchmark.name(), 2, List.of("no.", "deviation"), rows);
  }

  static Table perClass(RunSummary summary) {
    ConfusionMatrix confusion = summary.confusion();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < confusion.classes().size(); i++) {
      rows.add(
          List.of(
              confusion.classes().get(i),
              Percent.of(confusion.recall(i)),
              Percent.of(summary.recallIntervals().get(i)),
              Percent.of(confusion.precision(i)),
              Percent.of(confusion.f1(i)),
              Long.toString(confusion.support(i))));
    }
    return new Table(
        "By class, %, all folds pooled",
        List.of("class", "recall", "95 % interval", "precision", "F1", "utterances"), rows);
  }

  static Table folds(RunSummary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (FoldResult fold : summary.run().folds()) {
      List<String> row = new ArrayList<>();
      row.add(fold.name());
      row.add(Integer.toString(fold.predictions().size()));
      for (Metric metric : Metric.values()) {
        row.add(Percent.of(metric.of(fold.predictions())));
      }
      row.add(
          fold.chosenEpoch().isPresent()
              ? Integer.toString(fold.chosenEpoch().getAsInt())
              : Percent.UNDEFINED);
      rows.add(row);
    }
    List<String> header =
        Stream.of(
                Stream.of("fold", "utterances"),
                Arrays.stream(Metric.values()).map(Metric::shortName),
                Stream.of("epoch"))
            .flatMap(names -> names)
            .toList();
    return new Table("By fold, %", header, rows);
  }

  static Table confusion(RunSummary summary) {
    ConfusionMatrix confusion = summary.confusion();
    List<String> header = new ArrayList<>(List.of("actual / predicted"));
    header.addAll(confusion.classes());
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < confusion.classes().size(); i++) {
      List<String> row = new ArrayList<>(List.of(confusion.classes().get(i)));
      for (int j = 0; j < confusion.classes().size(); j++) {
        row.add(Long.toString(confusion.count(i, j)));
      }
      rows.add(row);
    }
    return new Table("Confusion, utterances", header, rows);
  }

  static Table calibration(RunSummary summary) {
    Calibration calibration = summary.calibration();
    return new Table(
        "Calibration, all folds pooled",
        List.of("measure", "value"),
        List.of(
            List.of(
                "expected calibration error (" + Calibration.BINS + " bins), points",
                Percent.of(calibration.expectedCalibrationError())),
            List.of("Brier score (0 to 2)", decimals(calibration.brierScore())),
            List.of("log-loss, nats", decimals(calibration.logLoss())),
            List.of(
                "area under the risk-coverage curve, %",
                Percent.of(RiskCoverage.of(summary.predictions()).area()))));
  }

  /** The mistakes the model was surest of: where to listen first. */
  static Table mistakes(RunSummary summary) {
    List<List<String>> rows =
        summary.predictions().asList().stream()
            .filter(prediction -> !prediction.correct())
            .sorted(
                Comparator.comparingDouble((Prediction p) -> -p.probabilities().confidence())
                    .thenComparing(Prediction::clip))
            .limit(MISTAKES)
            .map(
                p ->
                    List.of(
                        p.clip(),
                        p.speaker(),
                        p.actual(),
                        p.predicted(),
                        Percent.of(p.probabilities().confidence())))
            .toList();
    return new Table(
        "The mistakes the model was surest of",
        4,
        List.of("clip", "speaker", "actual", "predicted", "confidence, %"),
        rows);
  }

  static Table provenance(Map<String, String> provenance) {
    return new Table(
        "What made these numbers",
        2,
        List.of("what", "value"),
        provenance.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList());
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
