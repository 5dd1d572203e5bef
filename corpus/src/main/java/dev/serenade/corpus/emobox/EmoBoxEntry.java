package dev.serenade.corpus.emobox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.internal.AudioFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One line of an EmoBox list: a JSON object with the fields {@code key, dataset, wav, type,
 * sample_rate, num_frame, task, length, emo, channel}.
 *
 * @param line in the file, from 1
 * @param key the clip's name with the corpus before it, such as {@code emodb-03a01Wa}
 * @param dataset such as {@code emodb}
 * @param wav where EmoBox's scripts look for the recording
 * @param label the field {@code emo}, as the corpus spells it
 * @param fields all fields as text, by name
 */
public record EmoBoxEntry(
    long line, String key, String dataset, String wav, String label, Map<String, String> fields) {

  public EmoBoxEntry {
    fields = Map.copyOf(fields);
  }

  /** Returns the name of the recording without folders and extension. */
  public String clip() {
    return AudioFiles.stem(Path.of(wav));
  }

  /**
   * Reads a list, and reports lines that cannot be used.
   *
   * @throws ManifestFormatException if no line can be used
   */
  public static List<EmoBoxEntry> readAll(Path file, Consumer<SkippedClip> skipped)
      throws IOException, ManifestFormatException {
    List<EmoBoxEntry> entries = new ArrayList<>();
    long number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      if (!line.isBlank()) {
        try {
          entries.add(parse(number, line));
        } catch (JsonParseException | IllegalStateException e) {
          skipped.accept(
              new SkippedClip(
                  file.getFileName() + " line " + number,
                  SkippedClip.Cause.MALFORMED,
                  "line %d: %s".formatted(number, e.getMessage())));
        }
      }
    }
    if (entries.isEmpty()) {
      throw new ManifestFormatException(
          file, "lines of JSON with the fields key, dataset, wav and emo expected, found none");
    }
    return entries;
  }

  private static EmoBoxEntry parse(long number, String line) {
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    Map<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, JsonElement> field : json.entrySet()) {
      if (field.getValue().isJsonPrimitive()) {
        fields.put(field.getKey(), field.getValue().getAsString());
      }
    }
    return new EmoBoxEntry(
        number,
        required(fields, "key"),
        required(fields, "dataset"),
        required(fields, "wav"),
        required(fields, "emo"),
        fields);
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new JsonParseException("field %s: a value expected, found none".formatted(name));
    }
    return value;
  }
}
