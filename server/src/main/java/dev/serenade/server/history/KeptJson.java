package dev.serenade.server.history;

import com.google.gson.JsonObject;

/** What clients are told of a kept analysis. */
final class KeptJson {

  private KeptJson() {}

  static JsonObject of(KeptAnalysis analysis) {
    JsonObject json = new JsonObject();
    json.addProperty("id", analysis.id());
    json.addProperty("file", analysis.file());
    json.addProperty("status", "done");
    json.addProperty("createdAt", analysis.createdAt().toString());
    json.add("result", analysis.result());
    analysis.correction().ifPresent(correction -> json.add("correction", of(correction)));
    json.addProperty("hasAudio", analysis.hasAudio());
    return json;
  }

  private static JsonObject of(Correction correction) {
    JsonObject json = new JsonObject();
    json.addProperty("emotion", correction.emotion());
    correction.speaker().ifPresent(speaker -> json.addProperty("speaker", speaker));
    json.addProperty("correctedAt", correction.correctedAt().toString());
    return json;
  }
}
