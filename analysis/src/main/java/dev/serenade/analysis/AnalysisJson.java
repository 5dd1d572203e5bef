package dev.serenade.analysis;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.audio.Gap;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.FloatVector;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.explanation.Occlusion;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalInt;

/** Turns what was heard into JSON, as {@code serenade predict} and the server print it. */
public final class AnalysisJson {

  /** The name of the timeline. */
  public static final String TIMELINE = "timeline";

  /** Attention over an hour has weights of 1e-6, so what counts is digits, not decimals. */
  private static final MathContext WEIGHT_DIGITS = new MathContext(5);

  private AnalysisJson() {}

  /**
   * Returns all that was heard of a recording.
   *
   * @param file the name of the recording
   * @param channel counted from 1, if it is one channel only
   * @param timeline whether the timeline is part of it
   */
  public static JsonObject of(
      String file, OptionalInt channel, Analysis analysis, boolean timeline) {
    JsonObject json = head(file, channel);
    if (timeline) {
      json.add(TIMELINE, segments(analysis.timeline()));
    }
    describe(analysis, json);
    return json;
  }

  /** Returns what is known of a recording before it is heard. */
  public static JsonObject head(String file, OptionalInt channel) {
    JsonObject json = new JsonObject();
    json.addProperty("file", file);
    channel.ifPresent(number -> json.addProperty("channel", number));
    return json;
  }

  /** Adds all but the timeline of what was heard. */
  public static void describe(Analysis analysis, JsonObject json) {
    Recognition recognition = analysis.recognition();
    json.addProperty("durationSeconds", Decimals.seconds(recognition.durationSeconds()));
    json.addProperty("emotion", recognition.emotion());
    json.addProperty("confidence", Decimals.score(recognition.confidence()));
    json.addProperty("abstained", recognition.abstained());
    json.add("scores", scores(recognition.scores()));
    if (!analysis.set().isEmpty()) {
      JsonArray set = new JsonArray();
      analysis.set().forEach(set::add);
      json.add("set", set);
    }
    if (!analysis.gaps().isEmpty()) {
      JsonArray gaps = new JsonArray();
      analysis.gaps().forEach(gap -> gaps.add(gap(gap)));
      json.add("gaps", gaps);
    }
    analysis
        .explanation()
        .ifPresent(
            explanation -> {
              json.add("attention", attention(recognition.attention(), explanation));
              json.add("occlusion", occlusion(explanation.occlusion()));
            });
  }

  /** Returns the segments of a timeline. */
  public static JsonArray segments(List<TimelineSegment> timeline) {
    JsonArray segments = new JsonArray();
    timeline.forEach(segment -> segments.add(segment(segment)));
    return segments;
  }

  private static JsonObject gap(Gap gap) {
    JsonObject json = new JsonObject();
    json.addProperty("startSeconds", Decimals.seconds(gap.startSeconds()));
    json.addProperty("endSeconds", Decimals.seconds(gap.endSeconds()));
    json.addProperty("message", gap.detail());
    return json;
  }

  /** Returns one segment of a timeline. */
  public static JsonObject segment(TimelineSegment segment) {
    JsonObject json = new JsonObject();
    json.addProperty("startSeconds", Decimals.seconds(segment.startSeconds()));
    json.addProperty("endSeconds", Decimals.seconds(segment.endSeconds()));
    json.addProperty("emotion", segment.emotion());
    json.addProperty("confidence", Decimals.score(segment.confidence()));
    json.addProperty("abstained", segment.abstained());
    json.add("scores", scores(segment.scores()));
    return json;
  }

  /** Returns a probability for each emotion. */
  public static JsonObject scores(EmotionScores scores) {
    JsonObject json = new JsonObject();
    scores
        .probabilities()
        .forEach((emotion, score) -> json.addProperty(emotion, Decimals.score(score)));
    return json;
  }

  private static JsonObject attention(FloatVector attention, Explanation explanation) {
    JsonArray weights = new JsonArray(attention.length());
    for (int frame = 0; frame < attention.length(); frame++) {
      weights.add(BigDecimal.valueOf(attention.get(frame)).round(WEIGHT_DIGITS));
    }
    JsonObject json = new JsonObject();
    json.addProperty("frameSeconds", Recognition.FRAME_SECONDS);
    json.add("weights", weights);
    json.addProperty("uniformity", Decimals.score(explanation.uniformity().value()));
    json.addProperty("agreement", Decimals.score(explanation.agreement().tau()));
    json.addProperty("explains", explanation.attentionExplains());
    return json;
  }

  private static JsonObject occlusion(Occlusion occlusion) {
    JsonObject json = new JsonObject();
    json.addProperty("emotion", occlusion.emotion());
    json.addProperty("stepSeconds", Decimals.seconds(occlusion.stepSeconds()));
    json.addProperty("stretchSeconds", Decimals.seconds(occlusion.stretchSeconds()));
    json.add("changes", changes(occlusion.changes()));
    json.add("logOddsChanges", changes(occlusion.logOddsChanges()));
    return json;
  }

  private static JsonArray changes(List<Double> changes) {
    JsonArray array = new JsonArray(changes.size());
    changes.forEach(change -> array.add(Decimals.score(change)));
    return array;
  }
}
