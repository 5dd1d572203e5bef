package dev.serenade.evaluation.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.PredictionsCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    return new EvaluationRun(
        root.get("title").getAsString(),
        root.get("protocol").getAsString(),
        strings(root.getAsJsonArray("caveats")),
        folds,
        provenance,
        root.get("intervalSeed").getAsLong(),
        root.has("benchmark") ? benchmark(root) : Benchmark.NONE);
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
        List.of());
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
