package dev.serenade.cli.predict;

import java.io.IOException;
import java.io.Writer;

/** Writes a JSON array with an object a line, or only the objects (JSON Lines). */
final class JsonWriter implements OutcomeWriter {

  private final Writer out;
  private final OutcomeJson json;
  private final boolean array;
  private boolean first = true;

  JsonWriter(Writer out, OutcomeJson json, boolean array) {
    this.out = out;
    this.json = json;
    this.array = array;
  }

  @Override
  public void write(Outcome outcome) throws IOException {
    String element = json.of(outcome).toString();
    if (array) {
      out.write(first ? "[\n  " : ",\n  ");
      out.write(element);
    } else {
      out.write(element + "\n");
    }
    first = false;
  }

  @Override
  public void end() throws IOException {
    if (array) {
      out.write(first ? "[]\n" : "\n]\n");
    }
  }
}
