package dev.serenade.cli.predict;

import com.google.gson.JsonObject;
import dev.serenade.analysis.AnalysisJson;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes a JSON array with an object a line, or only the objects (JSON Lines). */
final class JsonWriter implements OutcomeWriter {

  private final Writer out;
  private final OutcomeJson json;
  private final boolean array;
  private boolean first = true;
  private Optional<Track> open = Optional.empty();
  private boolean firstSegment;

  JsonWriter(Writer out, OutcomeJson json, boolean array) {
    this.out = out;
    this.json = json;
    this.array = array;
  }

  @Override
  public void write(Outcome outcome) throws IOException {
    separate();
    out.write(json.of(outcome).toString());
    endElement();
  }

  @Override
  public void begin(Track track, OptionalDouble statedSeconds) throws IOException {
    separate();
    String head = OutcomeJson.head(track).toString();
    out.write(head.substring(0, head.length() - 1) + ",\"%s\":[".formatted(AnalysisJson.TIMELINE));
    open = Optional.of(track);
    firstSegment = true;
  }

  @Override
  public void segment(HeardSegment segment) throws IOException {
    out.write((firstSegment ? "" : ",") + OutcomeJson.segment(segment));
    firstSegment = false;
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    finish(OutcomeJson.rest(outcome));
  }

  private void finish(JsonObject rest) throws IOException {
    out.write("]," + rest.toString().substring(1));
    endElement();
    open = Optional.empty();
  }

  private void separate() throws IOException {
    if (array) {
      out.write(first ? "[\n  " : ",\n  ");
    }
    first = false;
  }

  private void endElement() throws IOException {
    if (!array) {
      out.write("\n");
    }
  }

  @Override
  public void end() throws IOException {
    if (open.isPresent()) {
      finish(OutcomeJson.rest(Failed.stopped(open.get())));
    }
    if (array) {
      out.write(first ? "[]\n" : "\n]\n");
    }
  }
}
