package dev.serenade.cli.listen;

import com.google.gson.JsonObject;
import dev.serenade.analysis.LiveJson;
import dev.serenade.recognition.timeline.TimelineUpdate;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes a JSON object a line: of type {@code window} for each hop, and of type {@code segment} for
 * each segment that is finished.
 */
final class JsonLivePrinter implements LivePrinter {

  private final Writer out;

  JsonLivePrinter(Writer out) {
    this.out = out;
  }

  @Override
  public void print(TimelineUpdate news) throws IOException {
    for (JsonObject json : LiveJson.of(news)) {
      out.write(json + "\n");
    }
    out.flush();
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }
}
