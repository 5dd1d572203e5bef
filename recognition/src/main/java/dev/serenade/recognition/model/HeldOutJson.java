package dev.serenade.recognition.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.serenade.recognition.confidence.HeldOutConfidence;
import java.util.ArrayList;
import java.util.List;

/** The member {@code heldOut} of {@code model.json}. Steps and sets are arrays, to be short. */
final class HeldOutJson {

  private static final String CLIPS = "clips";
  private static final String SPEAKERS = "speakers";

  /** Arrays of confidence, answered, wrong. */
  private static final String STEPS = "answers";

  /** Arrays of coverage, least probability. */
  private static final String SETS = "sets";

  private HeldOutJson() {}

  static HeldOutConfidence parse(JsonObject json) {
    List<HeldOutConfidence.Step> steps = new ArrayList<>();
    for (JsonElement element : ModelJson.member(json, STEPS).getAsJsonArray()) {
      JsonArray step = row(element, 3);
      steps.add(
          new HeldOutConfidence.Step(
              step.get(0).getAsDouble(), step.get(1).getAsInt(), step.get(2).getAsInt()));
    }
    List<HeldOutConfidence.SetLevel> sets = new ArrayList<>();
    for (JsonElement element : ModelJson.member(json, SETS).getAsJsonArray()) {
      JsonArray level = row(element, 2);
      sets.add(
          new HeldOutConfidence.SetLevel(level.get(0).getAsDouble(), level.get(1).getAsDouble()));
    }
    return new HeldOutConfidence(
        ModelJson.member(json, CLIPS).getAsInt(),
        ModelJson.member(json, SPEAKERS).getAsInt(),
        steps,
        sets);
  }

  private static JsonArray row(JsonElement element, int size) {
    JsonArray row = element.getAsJsonArray();
    if (row.size() != size) {
      throw new IllegalArgumentException("expected %d numbers, found %s".formatted(size, row));
    }
    return row;
  }

  static JsonObject write(HeldOutConfidence heldOut) {
    JsonArray steps = new JsonArray();
    for (HeldOutConfidence.Step step : heldOut.steps()) {
      JsonArray row = new JsonArray();
      row.add(step.confidence());
      row.add(step.answered());
      row.add(step.wrong());
      steps.add(row);
    }
    JsonArray sets = new JsonArray();
    for (HeldOutConfidence.SetLevel level : heldOut.sets()) {
      JsonArray row = new JsonArray();
      row.add(level.coverage());
      row.add(level.leastProbability());
      sets.add(row);
    }
    JsonObject json = new JsonObject();
    json.addProperty(CLIPS, heldOut.clips());
    json.addProperty(SPEAKERS, heldOut.speakers());
    json.add(STEPS, steps);
    json.add(SETS, sets);
    return json;
  }
}
