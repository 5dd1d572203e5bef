package dev.serenade.evaluation.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.PredictionsCsv;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.ConformalSets;
import dev.serenade.evaluation.calibration.DecisionThresholds;
import dev.serenade.evaluation.calibration.ReliabilityBin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads what {@link Report} wrote: {@code results.json} and {@code predictions.csv}. */
final class ReportReader {

  private final Path folder;

  ReportReader(Path folder) {
    this.folder = folder;
  }

  EvaluationRun read() throws IOException {
    Path results = folder.resolve(Report.RESULTS);
    String text = Files.readString(results);
    Map<String, Predictions> predictions =
        PredictionsCsv.read(folder.resolve(Report.PREDICTIONS)).byFold();
    try {
      return run(JsonParser.parseString(text).getAsJsonObject(), predictions);
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | NullPointerException e) {
      throw new ReportFormatException(
          "%s: expected the results of a run as Serenade writes them; %s"
              .formatted(results, e.getMessage()),
          e);
    }
  }

  private EvaluationRun run(JsonObject root, Map<String, Predictions> predictions)
      throws ReportFormatException {
    List<FoldResult> folds = new ArrayList<>();
    for (JsonElement fold : root.getAsJsonArray("folds")) {
      folds.add(fold(fold.getAsJsonObject(), predictions));
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    root.getAsJsonObject("provenance")
        .entrySet()
        .forEach(entry -> provenance.put(entry.getKey(), entry.getValue().getAsString()));
    EvaluationRun run =
        new EvaluationRun(
            root.get("title").getAsString(),
            root.get("protocol").getAsString(),
            strings(root.getAsJsonArray("caveats")),
            folds,
            provenance,
            root.get("intervalSeed").getAsLong());
    return root.has("benchmark") ? run.with(benchmark(root)) : run;
  }

  private static Benchmark benchmark(JsonObject root) {
    List<Benchmark.Row> published = new ArrayList<>();
    for (JsonElement element : root.getAsJsonArray("published")) {
      JsonObject row = element.getAsJsonObject();
      published.add(
          new Benchmark.Row(
              row.get("model").getAsString(),
              row.get(Metric.UNWEIGHTED_AVERAGE_RECALL.key()).getAsDouble(),
              row.get(Metric.WEIGHTED_ACCURACY.key()).getAsDouble(),
              row.get(Metric.MACRO_F1.key()).getAsDouble()));
    }
    return new Benchmark(
        root.get("benchmark").getAsString(), strings(root.getAsJsonArray("deviations")), published);
  }

  private FoldResult fold(JsonObject json, Map<String, Predictions> predictions)
      throws ReportFormatException {
    String name = json.get("name").getAsString();
    Predictions ofFold = predictions.get(name);
    if (ofFold == null) {
      throw new ReportFormatException(
          "%s: fold %s is in %s, but %s has only %s"
              .formatted(folder, name, Report.RESULTS, Report.PREDICTIONS, predictions.keySet()));
    }
    List<EpochScores> epochs = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("epochs")) {
      JsonObject epoch = element.getAsJsonObject();
      epochs.add(
          new EpochScores(
              epoch.get("epoch").getAsInt(),
              number(epoch.get("trainingLoss")),
              number(epoch.get("validationLoss")),
              number(epoch.get("validationWeightedAccuracy")),
              number(epoch.get("validationUnweightedAverageRecall"))));
    }
    JsonElement chosen = json.get("chosenEpoch");
    return new FoldResult(
        name,
        ofFold,
        epochs,
        chosen.isJsonNull() ? OptionalInt.empty() : OptionalInt.of(chosen.getAsInt()),
        List.of(),
        Optional.ofNullable(json.getAsJsonObject("uncalibrated")).map(ReportReader::calibration),
        Optional.ofNullable(json.getAsJsonObject("thresholds")).map(ReportReader::thresholds));
  }

  private static Calibration calibration(JsonObject json) {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("bins")) {
      JsonObject bin = element.getAsJsonObject();
      bins.add(
          new ReliabilityBin(
              bin.get("from").getAsDouble(),
              bin.get("to").getAsDouble(),
              bin.get("count").getAsInt(),
              optional(bin.get("meanConfidence")),
              optional(bin.get("accuracy"))));
    }
    return new Calibration(
        json.get("expectedCalibrationError").getAsDouble(),
        json.get("brierScore").getAsDouble(),
        json.get("logLoss").getAsDouble(),
        bins);
  }

  private static DecisionThresholds thresholds(JsonObject json) {
    List<DecisionThresholds.Abstaining> abstaining = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("abstaining")) {
      JsonObject row = element.getAsJsonObject();
      abstaining.add(
          new DecisionThresholds.Abstaining(
              row.get("targetError").getAsDouble(), optional(row.get("abstainBelow"))));
    }
    List<DecisionThresholds.Sets> sets = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("sets")) {
      JsonObject row = element.getAsJsonObject();
      sets.add(
          new DecisionThresholds.Sets(
              row.get("coverage").getAsDouble(),
              new ConformalSets(row.get("leastProbability").getAsDouble())));
    }
    return new DecisionThresholds(abstaining, sets);
  }

  private static OptionalDouble optional(JsonElement element) {
    return element.isJsonNull() ? OptionalDouble.empty() : OptionalDouble.of(element.getAsDouble());
  }

  private static double number(JsonElement element) {
    return element.isJsonNull() ? Double.NaN : element.getAsDouble();
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.getAsString()));
    return strings;
  }
}
