package dev.serenade.whisper.decoder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JSON file of a Whisper folder. */
final class JsonFile {

  private JsonFile() {}

  /**
   * Reads an object.
   *
   * @throws FileNotFoundException if there is no such file
   * @throws TensorFormatException if it is no JSON object
   */
  static JsonObject read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException("expected a file %s, found none".formatted(file));
    }
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException | CharacterCodingException e) {
      throw new TensorFormatException(file + ": not a JSON object", e);
    }
  }

  /**
   * Returns a whole number.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static int integer(JsonObject json, String name) {
    return integer(name, json.get(name));
  }

  /** Returns whole numbers; none if there is nothing of this name. */
  static List<Integer> integers(JsonObject json, String name) {
    List<Integer> numbers = new ArrayList<>();
    if (json.has(name) && !json.get(name).isJsonNull()) {
      if (!json.get(name).isJsonArray()) {
        throw new IllegalArgumentException(
            "expected an array %s, found %s".formatted(name, json.get(name)));
      }
      json.getAsJsonArray(name).forEach(number -> numbers.add(integer(name, number)));
    }
    return numbers;
  }

  static int integer(String name, JsonElement value) {
    try {
      return value.getAsBigDecimal().intValueExact();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "expected a whole number %s, found %s".formatted(name, value), e);
    }
  }
}
