package dev.serenade.cli.listen;

import com.google.gson.JsonObject;
import dev.serenade.cli.predict.Decimals;
import dev.serenade.cli.predict.OutcomeJson;
import dev.serenade.recognition.timeline.HeardWindow;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.recognition.timeline.TimelineUpdate;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes a JSON object a line: of type {@code window} for each hop, and of type {@code segment} for
 * each segment that is finished.
 */
final class JsonLivePrinter implements LivePrinter {

  private static final String TYPE = "type";

  private final Writer out;

  JsonLivePrinter(Writer out) {
    this.out = out;
  }

  @Override
  public void print(TimelineUpdate news) throws IOException {
    for (HeardWindow window : news.windows()) {
      write(json(window));
    }
    for (TimelineSegment segment : news.segments()) {
      JsonObject json = new JsonObject();
      json.addProperty(TYPE, "segment");
      for (var member : OutcomeJson.segment(segment).entrySet()) {
        json.add(member.getKey(), member.getValue());
      }
      write(json);
    }
    out.flush();
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
              json.add("scores", OutcomeJson.scores(scores));
            });
    return json;
  }

  private void write(JsonObject json) throws IOException {
    out.write(json + "\n");
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
