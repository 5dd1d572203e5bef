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
    JsonObject json = head(outcome.track());
    if (timeline && outcome instanceof Heard heard) {
      json.add(AnalysisJson.TIMELINE, AnalysisJson.segments(heard.analysis().timeline()));
    }
    describe(outcome, json);
    return json;
  }

  /** Returns what is known of a track before it is heard. */
  static JsonObject head(Track track) {
    JsonObject json = new JsonObject();
    json.addProperty("file", track.file());
    track.channel().ifPresent(channel -> json.addProperty("channel", channel));
    return json;
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
