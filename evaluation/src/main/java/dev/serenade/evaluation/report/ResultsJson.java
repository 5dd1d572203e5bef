package dev.serenade.evaluation.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.CalibrationErrors;
import dev.serenade.evaluation.calibration.DecisionThresholds;
import dev.serenade.evaluation.calibration.ReliabilityBin;
import dev.serenade.evaluation.calibration.RiskCoverage;
import dev.serenade.evaluation.explanation.ExplanationTest;
import dev.serenade.evaluation.explanation.Faithfulness;
import dev.serenade.evaluation.explanation.RemovalCurve;
import dev.serenade.evaluation.significance.ConfidenceBootstrap;
import dev.serenade.evaluation.significance.Interval;
import dev.serenade.evaluation.significance.MetricSummary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes {@code results.json}: shares from 0 to 1, and null for what is undefined. */
final class ResultsJson {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private ResultsJson() {}

  static String of(RunSummary summary) {
    return text(object(summary));
  }

  static String text(JsonObject object) {
    return GSON.toJson(object) + "\n";
  }

  static JsonObject object(RunSummary summary) {
    EvaluationRun run = summary.run();
    JsonObject root = new JsonObject();
    // Before anything else, as on the page.
    root.add("caveats", strings(run.caveats()));
    root.addProperty("title", run.title());
    root.addProperty("protocol", run.protocol());
    root.add("classes", strings(summary.predictions().classes()));
    root.addProperty("utterances", summary.predictions().size());
    root.addProperty("speakers", summary.predictions().bySpeaker().size());
    JsonArray folds = new JsonArray();
    run.folds().forEach(fold -> folds.add(fold(fold)));
    root.add("folds", folds);
    JsonObject metrics = new JsonObject();
    summary.metrics().forEach(metric -> metrics.add(metric.metric().key(), metric(metric)));
    root.add("summary", metrics);
    root.add("perClass", perClass(summary));
    root.add("confusion", confusion(summary.confusion()));
    root.add("calibration", calibration(summary));
    if (!run.benchmark().isNone()) {
      root.addProperty("benchmark", run.benchmark().name());
      root.add("deviations", strings(run.benchmark().deviations()));
      root.add("published", published(run.benchmark()));
    }
    root.add("decisions", decisions(summary.decisions()));
    run.explanation().ifPresent(test -> root.add("explanation", explanation(run, test)));
    JsonObject provenance = new JsonObject();
    run.provenance().forEach(provenance::addProperty);
    root.add("provenance", provenance);
    root.addProperty("intervalSeed", run.seed());
    return root;
  }

  private static JsonArray published(Benchmark benchmark) {
    JsonArray array = new JsonArray();
    for (Benchmark.Row row : benchmark.published()) {
      JsonObject json = new JsonObject();
      json.addProperty("model", row.model());
      json.addProperty(Metric.UNWEIGHTED_AVERAGE_RECALL.key(), row.unweightedAverageRecall());
      json.addProperty(Metric.WEIGHTED_ACCURACY.key(), row.weightedAccuracy());
      json.addProperty(Metric.MACRO_F1.key(), row.macroF1());
      array.add(json);
    }
    return array;
  }

  static JsonObject metric(MetricSummary summary) {
    JsonObject json = new JsonObject();
    json.addProperty("mean", summary.mean());
    json.add("std", number(summary.standardDeviation()));
    json.addProperty("pooled", summary.pooled());
    addInterval(json, summary.interval95());
    return json;
  }

  private static JsonObject interval(Optional<Interval> interval) {
    JsonObject json = new JsonObject();
    addInterval(json, interval);
    return json;
  }

  private static void addInterval(JsonObject json, Optional<Interval> interval) {
    json.add("ci95Low", interval.map(i -> number(i.low())).orElse(JsonNull.INSTANCE));
    json.add("ci95High", interval.map(i -> number(i.high())).orElse(JsonNull.INSTANCE));
  }

  private static JsonObject fold(FoldResult fold) {
    JsonObject json = new JsonObject();
    json.addProperty("name", fold.name());
    json.addProperty("utterances", fold.predictions().size());
    json.add("speakers", strings(List.copyOf(fold.predictions().bySpeaker().keySet())));
    for (Metric metric : Metric.values()) {
      json.addProperty(metric.key(), metric.of(fold.predictions()));
    }
    json.add(
        "chosenEpoch",
        fold.chosenEpoch().isPresent()
            ? new JsonPrimitive(fold.chosenEpoch().getAsInt())
            : JsonNull.INSTANCE);
    JsonArray epochs = new JsonArray();
    for (EpochScores epoch : fold.epochs()) {
      JsonObject scores = new JsonObject();
      scores.addProperty("epoch", epoch.epoch());
      scores.add("trainingLoss", number(epoch.trainingLoss()));
      scores.add("validationLoss", number(epoch.validationLoss()));
      scores.add("validationWeightedAccuracy", number(epoch.validationAccuracy()));
      scores.add("validationUnweightedAverageRecall", number(epoch.validationRecall()));
      epochs.add(scores);
    }
    json.add("epochs", epochs);
    // Left out where they are not known, as in reports that were written before there were any.
    fold.uncalibrated().ifPresent(c -> json.add("uncalibrated", measures(c)));
    fold.thresholds().ifPresent(t -> json.add("thresholds", thresholds(t)));
    return json;
  }

  private static JsonArray perClass(RunSummary summary) {
    ConfusionMatrix confusion = summary.confusion();
    JsonArray array = new JsonArray();
    for (int i = 0; i < confusion.classes().size(); i++) {
      JsonObject json = new JsonObject();
      json.addProperty("class", confusion.classes().get(i));
      json.addProperty("support", confusion.support(i));
      json.add("precision", number(confusion.precision(i)));
      json.add("recall", number(confusion.recall(i)));
      json.add("f1", number(confusion.f1(i)));
      JsonObject interval = new JsonObject();
      addInterval(interval, summary.recallIntervals().get(i));
      json.add("recallInterval", interval);
      array.add(json);
    }
    return array;
  }

  /** Counts, one row for each actual class, in the order of {@code classes}. */
  private static JsonArray confusion(ConfusionMatrix confusion) {
    JsonArray rows = new JsonArray();
    for (int i = 0; i < confusion.classes().size(); i++) {
      JsonArray row = new JsonArray();
      for (int j = 0; j < confusion.classes().size(); j++) {
        row.add(confusion.count(i, j));
      }
      rows.add(row);
    }
    return rows;
  }

  private static JsonObject calibration(RunSummary summary) {
    Calibration calibration = summary.calibration();
    JsonObject json = new JsonObject();
    json.addProperty("expectedCalibrationError", calibration.expectedCalibrationError());
    json.addProperty("brierScore", calibration.brierScore());
    json.addProperty("logLoss", calibration.logLoss());
    RiskCoverage curve = RiskCoverage.of(summary.predictions());
    ConfidenceBootstrap bootstrap =
        ConfidenceBootstrap.of(summary.predictions(), summary.run().seed());
    json.add("expectedCalibrationErrorInterval", interval(bootstrap.calibrationError()));
    json.addProperty("adaptiveCalibrationError", CalibrationErrors.adaptive(summary.predictions()));
    json.addProperty(
        "classwiseCalibrationError", CalibrationErrors.classwise(summary.predictions()));
    json.addProperty("riskCoverageArea", curve.area());
    json.add("riskCoverageAreaInterval", interval(bootstrap.riskCoverageArea()));
    json.addProperty("excessRiskCoverageArea", curve.excessArea());
    json.add(
        "uncalibrated",
        summary.uncalibrated().<JsonElement>map(ResultsJson::measures).orElse(JsonNull.INSTANCE));
    json.add("bins", bins(calibration));
    return json;
  }

  private static JsonArray bins(Calibration calibration) {
    JsonArray bins = new JsonArray();
    for (ReliabilityBin bin : calibration.bins()) {
      JsonObject one = new JsonObject();
      one.addProperty("from", bin.from());
      one.addProperty("to", bin.to());
      one.addProperty("count", bin.count());
      one.add("meanConfidence", number(bin.meanConfidence()));
      one.add("accuracy", number(bin.accuracy()));
      bins.add(one);
    }
    return bins;
  }

  private static JsonObject measures(Calibration calibration) {
    JsonObject json = new JsonObject();
    json.addProperty("expectedCalibrationError", calibration.expectedCalibrationError());
    json.addProperty("brierScore", calibration.brierScore());
    json.addProperty("logLoss", calibration.logLoss());
    json.add("bins", bins(calibration));
    return json;
  }

  private static JsonObject explanation(EvaluationRun run, ExplanationTest test) {
    JsonObject json = new JsonObject();
    json.addProperty("clips", test.clips().size());
    json.addProperty("medianAttentionUniformity", test.medianUniformity());
    JsonArray orders = new JsonArray();
    for (Faithfulness one : test.faithfulness(run.seed())) {
      JsonObject order = new JsonObject();
      order.addProperty("name", one.explanation());
      order.addProperty("clips", one.clips());
      order.add("deletion", removal(one.deletion(), one.deletionScore(), one.deletionInterval()));
      order.add(
          "insertion", removal(one.insertion(), one.insertionScore(), one.insertionInterval()));
      orders.add(order);
    }
    json.add("orders", orders);
    JsonObject random = new JsonObject();
    random.addProperty("area", test.meanOfRandom().area());
    random.add("curve", numbers(test.meanOfRandom().scores()));
    random.add("scores", numbers(test.randomScores()));
    json.add("random", random);
    return json;
  }

  private static JsonObject removal(RemovalCurve curve, double score, Optional<Interval> interval) {
    JsonObject json = new JsonObject();
    json.addProperty("score", score);
    addInterval(json, interval);
    json.addProperty("area", curve.area());
    json.add("curve", numbers(curve.scores()));
    return json;
  }

  private static JsonArray numbers(List<Double> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private static JsonObject thresholds(DecisionThresholds thresholds) {
    JsonArray abstaining = new JsonArray();
    for (DecisionThresholds.Abstaining one : thresholds.abstaining()) {
      JsonObject row = new JsonObject();
      row.addProperty("targetError", one.targetError());
      row.add("abstainBelow", number(one.below()));
      abstaining.add(row);
    }
    JsonArray sets = new JsonArray();
    for (DecisionThresholds.Sets one : thresholds.sets()) {
      JsonObject row = new JsonObject();
      row.addProperty("coverage", one.coverage());
      row.addProperty("leastProbability", one.rule().threshold());
      sets.add(row);
    }
    JsonObject json = new JsonObject();
    json.add("abstaining", abstaining);
    json.add("sets", sets);
    return json;
  }

  private static JsonObject decisions(DecisionSummary decisions) {
    JsonObject json = new JsonObject();
    json.add("byConfidence", abstained("confidence", decisions.byConfidence()));
    json.add("byTargetError", abstained("targetError", decisions.byTarget()));
    JsonArray sets = new JsonArray();
    for (DecisionSummary.Sets one : decisions.sets()) {
      JsonObject row = new JsonObject();
      row.addProperty("coverage", one.wanted());
      row.addProperty("covered", one.covered());
      addInterval(row, one.interval95());
      row.addProperty("meanSize", one.meanSize());
      row.addProperty("medianSpeaker", one.medianSpeaker());
      row.addProperty("worstSpeaker", one.worstSpeaker());
      row.addProperty("worstSpeakerName", one.worst());
      sets.add(row);
    }
    json.add("sets", sets);
    return json;
  }

  private static JsonArray abstained(String wanted, List<DecisionSummary.Abstained> rows) {
    JsonArray array = new JsonArray();
    for (DecisionSummary.Abstained one : rows) {
      JsonObject row = new JsonObject();
      row.addProperty(wanted, one.wanted());
      row.addProperty("answered", one.answered());
      row.add("wrong", number(one.wrong()));
      addInterval(row, one.interval95());
      row.addProperty("foldsWithoutPromise", one.silentFolds());
      array.add(row);
    }
    return array;
  }

  static JsonArray strings(List<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  static JsonElement number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : JsonNull.INSTANCE;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }
}
