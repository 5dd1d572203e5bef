package dev.serenade.cli.predict;

import com.google.gson.JsonObject;
import dev.serenade.analysis.AnalysisJson;

/**
 * Turns outcomes into JSON objects, as the contract in {@code docs} describes them.
 *
 * @param timeline whether the timeline is part of them
 */
record OutcomeJson(boolean timeline) {

  /** Returns all of an outcome. */
  JsonObject of(Outcome outcome) {
    Track track = outcome.track();
    if (outcome instanceof Heard heard) {
      return AnalysisJson.of(track.file(), track.channel(), heard.analysis(), timeline);
    }
    JsonObject json = head(track);
    describe(outcome, json);
    return json;
  }

  /** Returns what is known of a track before it is heard. */
  static JsonObject head(Track track) {
    return AnalysisJson.head(track.file(), track.channel());
  }

  /** Returns what is left of an outcome after its head and its timeline. */
  static JsonObject rest(Outcome outcome) {
    JsonObject json = new JsonObject();
    describe(outcome, json);
    return json;
  }

  private static void describe(Outcome outcome, JsonObject json) {
    if (outcome instanceof Heard heard) {
      AnalysisJson.describe(heard.analysis(), json);
    } else if (outcome instanceof Failed failed) {
      JsonObject error = new JsonObject();
      error.addProperty("code", failed.code());
      error.addProperty("message", failed.message());
      json.add("error", error);
    }
  }
}
