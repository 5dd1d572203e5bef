package dev.serenade.evaluation.comparison;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.serenade.evaluation.significance.Comparison;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A comparison for programs: shares and differences from 0 to 1, and null for what is undefined.
 */
public final class ComparisonJson {

  private ComparisonJson() {}

  /** Returns the text of {@code comparison.json}. */
  public static String of(ComparisonSummary summary) {
    JsonObject root = new JsonObject();
    root.add("caveats", strings(summary.caveats()));
    JsonArray runs = new JsonArray();
    for (int i = 0; i < summary.runs().runs().size(); i++) {
      runs.add(run(summary, i));
    }
    root.add("runs", runs);
    root.addProperty("clips", summary.clips());
    root.addProperty("speakers", summary.speakers());
    root.addProperty("metric", summary.headline().key());
    root.addProperty("leastPValue", summary.leastPValue());
    root.addProperty("correction", summary.comparisons().size() > 1 ? "holm" : "none");
    root.addProperty("seed", summary.seed());
    JsonArray comparisons = new JsonArray();
    summary.comparisons().forEach(one -> comparisons.add(comparison(summary, one)));
    root.add("comparisons", comparisons);
    return new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create()
            .toJson(root)
        + "\n";
  }

  private static JsonObject run(ComparisonSummary summary, int i) {
    ComparedRun run = summary.runs().runs().get(i);
    JsonObject json = new JsonObject();
    json.addProperty("run", AlignedRuns.letter(i));
    json.addProperty("name", run.name());
    json.addProperty("title", run.title());
    json.add(
        "protocol", run.protocol().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    json.add("clipsLeftOut", strings(summary.runs().leftOut().get(i)));
    return json;
  }

  private static JsonObject comparison(ComparisonSummary summary, RunComparison one) {
    JsonObject json = new JsonObject();
    json.addProperty("first", AlignedRuns.letter(0));
    json.addProperty("second", one.second());
    json.addProperty("verdict", one.verdict(one.by(summary.headline())));
    json.add("measures", measures(one, one.measures()));
    json.add("perClass", measures(one, one.recalls()));
    JsonObject hits = new JsonObject();
    hits.addProperty("onlyFirstRight", one.mcNemar().onlyFirst());
    hits.addProperty("onlySecondRight", one.mcNemar().onlySecond());
    hits.addProperty("pValue", one.mcNemar().pValue());
    json.add("mcNemar", hits);
    json.add("lost", flips(one.lost()));
    json.add("won", flips(one.won()));
    JsonArray speakers = new JsonArray();
    for (RunComparison.SpeakerScores scores : one.speakers()) {
      JsonObject speaker = new JsonObject();
      speaker.addProperty("speaker", scores.speaker());
      speaker.addProperty("clips", scores.clips());
      speaker.addProperty("first", scores.first());
      speaker.addProperty("second", scores.second());
      speakers.add(speaker);
    }
    json.add("perSpeaker", speakers);
    return json;
  }

  private static JsonArray measures(RunComparison one, List<Comparison> comparisons) {
    JsonArray array = new JsonArray();
    for (Comparison comparison : comparisons) {
      JsonObject json = new JsonObject();
      json.addProperty("measure", comparison.metric().key());
      json.addProperty("first", comparison.first());
      json.addProperty("second", comparison.second());
      json.addProperty("difference", comparison.difference());
      json.addProperty("ci95Low", comparison.interval95().low());
      json.addProperty("ci95High", comparison.interval95().high());
      json.addProperty("pValue", comparison.pValue());
      json.add("noiseFloor", number(comparison.noiseFloor()));
      json.addProperty("differenceShown", comparison.differenceShown());
      json.addProperty("verdict", one.verdict(comparison));
      array.add(json);
    }
    return array;
  }

  private static JsonArray flips(List<RunComparison.Flip> flips) {
    JsonArray array = new JsonArray();
    for (RunComparison.Flip flip : flips) {
      JsonObject json = new JsonObject();
      json.addProperty("clip", flip.first().clip());
      json.addProperty("speaker", flip.first().speaker());
      json.addProperty("actual", flip.first().actual());
      json.addProperty("first", flip.first().predicted());
      json.addProperty("second", flip.second().predicted());
      array.add(json);
    }
    return array;
  }

  private static JsonArray strings(List<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private static JsonElement number(OptionalDouble value) {
    return value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE;
  }
}
