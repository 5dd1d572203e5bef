package dev.serenade.server.http;

import com.google.gson.JsonObject;
import dev.serenade.analysis.AnalysisJson;
import dev.serenade.analysis.Decimals;
import dev.serenade.server.work.Job;
import java.util.List;

/** Turns jobs into JSON. */
public final class JobJson {

  /** What is left out where many are listed. */
  private static final List<String> DETAILS =
      List.of(AnalysisJson.TIMELINE, "attention", "occlusion");

  private JobJson() {}

  /** Returns all that is known. */
  static JsonObject of(Job job) {
    Job.View view = job.view(0);
    JsonObject json = new JsonObject();
    json.addProperty("id", job.id());
    json.addProperty("file", job.file());
    json.addProperty("status", view.status().word());
    json.addProperty("createdAt", job.createdAt().toString());
    json.add("progress", progress(view));
    view.result().ifPresent(result -> json.add("result", result));
    view.problem().ifPresent(problem -> json.add("error", problem.json()));
    json.addProperty("hasAudio", false);
    return json;
  }

  /** Returns what is known, for a listing. */
  static JsonObject summary(Job job) {
    JsonObject json = of(job);
    if (json.has("result")) {
      json.add("result", withoutDetails(json.getAsJsonObject("result")));
    }
    return json;
  }

  /** Returns what was heard, for a listing. */
  public static JsonObject withoutDetails(JsonObject result) {
    JsonObject less = new JsonObject();
    result.asMap().forEach(less::add);
    DETAILS.forEach(less::remove);
    return less;
  }

  static JsonObject progress(Job.View view) {
    JsonObject json = new JsonObject();
    json.addProperty("heardSeconds", Decimals.seconds(view.heardSeconds()));
    view.statedSeconds()
        .ifPresent(seconds -> json.addProperty("statedSeconds", Decimals.seconds(seconds)));
    return json;
  }
}
