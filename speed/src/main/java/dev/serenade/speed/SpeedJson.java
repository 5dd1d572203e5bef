package dev.serenade.speed;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Writes a result as JSON: times in milliseconds for each clip, and null for what there is not.
 *
 * <pre>{@code
 * {"version": "...", "model": "default", "encoder": "whisper-base", "layer": 3, "threads": 2, "device": "cpu",
 *  "rounds": 7,
 *  "machine": {"processor": "...", "processors": 2, "system": "...", "java": "17.0.1", "matrixGflops": 139.2},
 *  "startupSeconds": 0.9, "peakResidentMegabytes": 310.5, "trainingStepMilliseconds": 22.1,
 *  "cases": [{"model": "default", "seconds": 3.0, "batch": 1, "precision": "fp32", "window": "memory",
 *             "stage": "encoder", "milliseconds": 27.3, "medianMilliseconds": 27.9, "slowestMilliseconds": 31.0,
 *             "realTimeFactor": 0.0091, "gflops": 121.4, "matrixGflops": 139.5,
 *             "shareOfMatrixRate": 0.87}],
 *  "shares": [{"seconds": 3.0, "batch": 1, "precision": "fp32", "decode": 0.01, "frontEnd": 0.04, "blocks": 0.91,
 *              "head": 0.02, "rest": 0.02, "outsideEncoder": 0.05}]}
 * }</pre>
 */
public final class SpeedJson {

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  private static final double BYTES_PER_MEGABYTE = 1e6;

  private SpeedJson() {}

  /**
   * Returns the JSON.
   *
   * @param version of Serenade
   */
  public static String of(SpeedResult result, Machine machine, String version) {
    JsonObject root = new JsonObject();
    root.addProperty("version", version);
    root.addProperty("model", result.model());
    root.addProperty("encoder", result.encoder());
    root.addProperty("layer", result.layer());
    root.addProperty("threads", result.settings().session().threads());
    root.addProperty("device", result.settings().session().device().toString());
    root.addProperty("rounds", result.settings().rounds());
    root.add("machine", machine(machine, result.matrixGigaflops()));
    root.add("startupSeconds", orNull(result.startupSeconds()));
    root.addProperty("peakResidentMegabytes", result.peakResidentBytes() / BYTES_PER_MEGABYTE);
    root.add(
        "trainingStepMilliseconds",
        result
            .trainingStep()
            .<JsonElement>map(times -> new JsonPrimitive(times.best()))
            .orElse(JsonNull.INSTANCE));
    JsonArray cases = new JsonArray();
    result.cases().forEach(one -> cases.add(speedCase(one, result)));
    root.add("cases", cases);
    JsonArray shares = new JsonArray();
    result.shares().forEach(one -> shares.add(shares(one)));
    root.add("shares", shares);
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject machine(Machine machine, double matrixGigaflops) {
    JsonObject json = new JsonObject();
    json.addProperty("processor", machine.processor());
    json.addProperty("processors", machine.processors());
    json.addProperty("system", machine.system());
    json.addProperty("java", machine.java());
    json.addProperty("matrixGflops", matrixGigaflops);
    return json;
  }

  private static JsonObject speedCase(SpeedCase one, SpeedResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("model", result.model());
    json.addProperty("seconds", one.seconds());
    json.addProperty("batch", one.batch());
    json.addProperty("precision", word(one.precision()));
    json.addProperty("window", word(result.window().mode()));
    json.addProperty("stage", one.stage().word());
    json.addProperty("milliseconds", one.milliseconds());
    json.addProperty("medianMilliseconds", one.timings().median());
    json.addProperty("slowestMilliseconds", one.timings().slowest());
    json.addProperty("realTimeFactor", one.realTimeFactor());
    one.rate()
        .ifPresent(
            rate -> {
              json.add("gflops", orNull(one.gigaflops()));
              json.addProperty("matrixGflops", rate.matrixGigaflops());
              json.add("shareOfMatrixRate", orNull(one.shareOfMatrixRate()));
            });
    return json;
  }

  private static JsonObject shares(StageShares one) {
    JsonObject json = new JsonObject();
    json.addProperty("seconds", one.seconds());
    json.addProperty("batch", one.batch());
    json.addProperty("precision", word(one.precision()));
    json.addProperty("decode", one.decode() / one.whole());
    json.addProperty("frontEnd", one.frontEnd() / one.whole());
    json.addProperty("blocks", one.blocks() / one.whole());
    json.addProperty("head", one.head() / one.whole());
    json.addProperty("rest", one.rest() / one.whole());
    json.addProperty("outsideEncoder", one.outsideEncoder());
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static JsonElement orNull(OptionalDouble value) {
    return value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE;
  }
}
