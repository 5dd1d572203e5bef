package dev.serenade.stress;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;

/** Writes {@code stress.json}: shares from 0 to 1, and null for what there is not. */
final class StressJson {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private StressJson() {}

  static String of(StressRun run, StressReport.About about) {
    JsonObject root = new JsonObject();
    // Before anything else, as on the page.
    root.add("caveats", strings(about.caveats()));
    root.addProperty("model", about.model());
    root.addProperty("source", about.source());
    root.addProperty("clips", run.clips());
    root.addProperty("speakers", run.speakers());
    root.add("summary", counts(run.results()));
    JsonObject groups = new JsonObject();
    for (StressGroup group : StressGroup.values()) {
      if (!run.of(group).isEmpty()) {
        groups.add(group.word(), counts(run.of(group)));
      }
    }
    root.add("groups", groups);
    JsonArray tests = new JsonArray();
    run.results().forEach(result -> tests.add(test(result)));
    root.add("tests", tests);
    JsonArray flips = new JsonArray();
    run.flips().forEach(flip -> flips.add(flip(flip)));
    root.add("flips", flips);
    root.add("leftOut", strings(Catalogue.LEFT_OUT));
    JsonObject provenance = new JsonObject();
    for (Map.Entry<String, String> entry : about.provenance().entrySet()) {
      provenance.addProperty(entry.getKey(), entry.getValue());
    }
    root.add("provenance", provenance);
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject counts(List<TestResult> results) {
    long passed = results.stream().filter(TestResult::passed).count();
    long failed = results.stream().filter(TestResult::failed).count();
    JsonObject counts = new JsonObject();
    counts.addProperty("passed", passed);
    counts.addProperty("failed", failed);
    counts.addProperty("notTested", results.size() - passed - failed);
    counts.addProperty("total", passed + failed);
    counts.add(
        "passRate",
        passed + failed == 0
            ? JsonNull.INSTANCE
            : new JsonPrimitive((double) passed / (passed + failed)));
    return counts;
  }

  private static JsonObject test(TestResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("name", result.name());
    json.addProperty("group", result.group().word());
    json.addProperty("description", result.description());
    json.addProperty("measure", result.measure());
    json.addProperty("bound", result.threshold().bound().word());
    json.addProperty("threshold", result.threshold().limit());
    json.add(
        "value",
        result.value().isPresent()
            ? new JsonPrimitive(result.value().getAsDouble())
            : JsonNull.INSTANCE);
    json.add("low", result.interval95().map(i -> number(i.low())).orElse(JsonNull.INSTANCE));
    json.add("high", result.interval95().map(i -> number(i.high())).orElse(JsonNull.INSTANCE));
    json.addProperty("clips", result.clips());
    json.add(
        "passed",
        result.value().isPresent() ? new JsonPrimitive(result.passed()) : JsonNull.INSTANCE);
    result.notTested().ifPresent(reason -> json.addProperty("notTested", reason));
    return json;
  }

  private static JsonObject flip(Flip flip) {
    JsonObject json = new JsonObject();
    json.addProperty("change", flip.change());
    json.addProperty("clip", flip.clip());
    json.addProperty("before", flip.before());
    json.addProperty("after", flip.after());
    return json;
  }

  private static JsonElement number(double value) {
    return new JsonPrimitive(value);
  }

  private static JsonArray strings(List<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }
}
