package dev.serenade.cli.predict;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.analysis.AnalysisJson;
import dev.serenade.transcription.Transcript;

/**
 * Turns outcomes into JSON objects, as the contract in {@code docs} describes them.
 *
 * @param timeline whether the timeline is part of them
 */
record OutcomeJson(boolean timeline) {

  private static final String TRANSCRIPT = "transcript";

  /** Returns all of an outcome. */
  JsonObject of(Outcome outcome) {
    JsonObject json = head(outcome.track());
    if (timeline && outcome instanceof Heard heard) {
      JsonArray segments = new JsonArray();
      HeardSegment.of(heard).forEach(segment -> segments.add(segment(segment)));
      json.add(AnalysisJson.TIMELINE, segments);
    }
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

  /** Returns one segment of a timeline. */
  static JsonObject segment(HeardSegment segment) {
    JsonObject json = AnalysisJson.segment(segment.emotion());
    segment.transcript().ifPresent(said -> json.add(TRANSCRIPT, transcript(said)));
    return json;
  }

  private static JsonObject transcript(Transcript said) {
    JsonObject json = new JsonObject();
    json.addProperty("text", said.text());
    said.language().ifPresent(code -> json.addProperty("language", code));
    return json;
  }

  private static void describe(Outcome outcome, JsonObject json) {
    if (outcome instanceof Heard heard) {
      AnalysisJson.describe(heard.analysis(), json);
      heard.said().ifPresent(said -> json.add(TRANSCRIPT, transcript(said.whole())));
    } else if (outcome instanceof Failed failed) {
      JsonObject error = new JsonObject();
      error.addProperty("code", failed.code());
      error.addProperty("message", failed.message());
      json.add("error", error);
    }
  }
}
