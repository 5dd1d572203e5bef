package dev.serenade.evaluation.report;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.CalibrationErrors;
import dev.serenade.evaluation.calibration.RiskCoverage;
import dev.serenade.evaluation.explanation.ExplanationTest;
import dev.serenade.evaluation.explanation.Faithfulness;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.significance.ConfidenceBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    return ClassTable.of(summary, "By class, %, all folds pooled", "utterances");
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
    Predictions predictions = summary.predictions();
    RiskCoverage curve = RiskCoverage.of(predictions);
    ConfidenceBootstrap bootstrap = ConfidenceBootstrap.of(predictions, summary.run().seed());
    Optional<Calibration> before = summary.uncalibrated();
    return new Table(
        "Calibration, all folds pooled; as trained, and as calibrated on held-out speakers",
        List.of("measure", "as trained", "calibrated", "95 % interval"),
        List.of(
            List.of(
                "expected calibration error, points",
                before.map(c -> Percent.of(c.expectedCalibrationError())).orElse(Percent.UNDEFINED),
                Percent.of(calibration.expectedCalibrationError()),
                Percent.of(bootstrap.calibrationError())),
            calibrated(
                "the same, bins of equal size, points",
                Percent.of(CalibrationErrors.adaptive(predictions))),
            calibrated(
                "the same, mean over classes, points",
                Percent.of(CalibrationErrors.classwise(predictions))),
            List.of(
                "Brier score (0 to 2)",
                before.map(c -> decimals(c.brierScore())).orElse(Percent.UNDEFINED),
                decimals(calibration.brierScore()),
                Percent.UNDEFINED),
            List.of(
                "log-loss, nats",
                before.map(c -> decimals(c.logLoss())).orElse(Percent.UNDEFINED),
                decimals(calibration.logLoss()),
                Percent.UNDEFINED),
            List.of(
                "area under the risk-coverage curve, %",
                Percent.UNDEFINED,
                Percent.of(curve.area()),
                Percent.of(bootstrap.riskCoverageArea())),
            calibrated(
                "of it, more than with perfect confidence, %", Percent.of(curve.excessArea()))));
  }

  private static List<String> calibrated(String measure, String value) {
    return List.of(measure, Percent.UNDEFINED, value, Percent.UNDEFINED);
  }

  /** What abstaining and sets did: at least one table. */
  static List<Table> decisions(RunSummary summary) {
    DecisionSummary decisions = summary.decisions();
    List<Table> tables = new ArrayList<>();
    tables.add(
        new Table(
            "Abstaining below a confidence, %",
            List.of("confidence", "answered", "wrong", "95 % interval"),
            decisions.byConfidence().stream().map(RunTables::abstained).toList()));
    if (!decisions.byTarget().isEmpty()) {
      int folds = summary.run().folds().size();
      tables.add(
          new Table(
              "Abstaining for few wrong answers, %; below what held-out speakers of each fold"
                  + " promised with 95 % certainty",
              List.of(
                  "wrong, at most",
                  "answered",
                  "wrong",
                  "95 % interval",
                  "folds without a promise"),
              decisions.byTarget().stream()
                  .map(
                      row -> {
                        List<String> cells = new ArrayList<>(abstained(row));
                        cells.add(row.silentFolds() + " of " + folds);
                        return List.copyOf(cells);
                      })
                  .toList()));
      tables.add(
          new Table(
              "Sets of classes, %, with thresholds from held-out speakers of each fold",
              List.of(
                  "coverage wanted",
                  "covered",
                  "95 % interval",
                  "median speaker",
                  "worst speaker",
                  "classes in a set"),
              decisions.sets().stream().map(RunTables::sets).toList()));
    }
    return tables;
  }

  private static List<String> abstained(DecisionSummary.Abstained row) {
    return List.of(
        Percent.of(row.wanted()),
        Percent.of(row.answered()),
        Percent.of(row.wrong()),
        Percent.of(row.interval95()));
  }

  private static List<String> sets(DecisionSummary.Sets row) {
    return List.of(
        Percent.of(row.wanted()),
        Percent.of(row.covered()),
        Percent.of(row.interval95()),
        Percent.of(row.medianSpeaker()),
        "%s (%s)".formatted(Percent.of(row.worstSpeaker()), row.worst()),
        String.format(Locale.ROOT, "%.2f", row.meanSize()));
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

  /** How faithful explanations are; the random orders last. */
  static Table explanation(EvaluationRun run, ExplanationTest test) {
    List<List<String>> rows = new ArrayList<>();
    for (Faithfulness one : test.faithfulness(run.seed())) {
      rows.add(
          List.of(
              one.explanation(),
              one.verdict(),
              Percent.of(one.deletionScore()),
              Percent.of(one.deletionInterval()),
              Percent.of(one.insertionScore()),
              Percent.of(one.insertionInterval())));
    }
    List<Double> luck = test.randomScores();
    rows.add(
        List.of(
            "random order",
            "",
            Percent.of(0),
            "%s to %s"
                .formatted(Percent.of(Collections.min(luck)), Percent.of(Collections.max(luck))),
            Percent.of(0),
            ""));
    return new Table(
        String.format(
            Locale.ROOT,
            "Faithfulness on %d clips, %%; 95 %% bootstrap intervals over speakers; for random order,"
                + " the range of %d seeds. Uniformity of attention %.2f (median)",
            test.clips().size(),
            test.randomOrders(),
            test.medianUniformity()),
        2,
        List.of(
            "order",
            "deletion is",
            "less area, deletion",
            "95 % interval",
            "more area, insertion",
            "95 % interval"),
        rows);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
