package dev.serenade.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} with a tiny model. */
abstract class TinyPrediction {

  @TempDir static Path shared;
  static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void writeModel() throws IOException {
    model = TinyModel.write(shared.resolve("tiny.serenade"));
  }

  static CommandRun predict(Object... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("predict", "--model", model), Stream.of(arguments)).toArray());
  }

  static JsonArray json(CommandRun run) {
    return JsonParser.parseString(run.out()).getAsJsonArray();
  }

  static JsonObject first(CommandRun run) {
    return json(run).get(0).getAsJsonObject();
  }

  static List<CSVRecord> csv(CommandRun run) throws IOException {
    return CSVFormat.RFC4180.parse(new StringReader(run.out())).getRecords();
  }
}
