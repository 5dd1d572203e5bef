package dev.serenade.analysis;

import com.google.gson.JsonObject;
import dev.serenade.recognition.timeline.HeardWindow;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.recognition.timeline.TimelineUpdate;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what becomes known of live sound into JSON, as {@code serenade listen} and the server's
 * stream tell it: an object of type {@code window} for each hop, and of type {@code segment} for
 * each segment that is finished.
 */
public final class LiveJson {

  private static final String TYPE = "type";

  private LiveJson() {}

  /** Returns an object for each piece of news. */
  public static List<JsonObject> of(TimelineUpdate news) {
    List<JsonObject> objects = new ArrayList<>();
    news.windows().forEach(window -> objects.add(json(window)));
    news.segments().forEach(segment -> objects.add(json(segment)));
    return objects;
  }

  private static JsonObject json(TimelineSegment segment) {
    JsonObject json = new JsonObject();
    json.addProperty(TYPE, "segment");
    AnalysisJson.segment(segment).asMap().forEach(json::add);
    return json;
  }

  private static JsonObject json(HeardWindow window) {
    JsonObject json = new JsonObject();
    json.addProperty(TYPE, "window");
    json.addProperty("startSeconds", Decimals.seconds(window.startSeconds()));
    json.addProperty("endSeconds", Decimals.seconds(window.endSeconds()));
    json.addProperty("speech", window.scores().isPresent() || window.dropped());
    json.addProperty("dropped", window.dropped());
    window
        .scores()
        .ifPresent(
            scores -> {
              json.addProperty("emotion", scores.emotion());
              json.addProperty("confidence", Decimals.score(scores.confidence()));
              json.add("scores", AnalysisJson.scores(scores));
            });
    return json;
  }
}
