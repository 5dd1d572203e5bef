package dev.serenade.cli.models;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What stress tests found: the part of {@code stress.json} that a card shows. Members that are not
 * known here are passed over.
 *
 * @param model the model that was tested, without its folder
 * @param source the clips that it was tested on
 * @param tests in order
 */
public record StressResults(String model, String source, List<Test> tests) {

  private static final String FILE = "stress.json";

  /** The groups of tests that compare speakers by sex, by how high they speak, and by language. */
  private static final Set<String> FAIRNESS = Set.of("sex", "pitch", "language");

  /** How a test ended. */
  public enum Outcome {
    PASSED,
    FAILED,
    NOT_TESTED
  }

  /**
   * One test.
   *
   * @param group what it is about, such as {@code phone}
   * @param value what was measured, as text
   * @param threshold what it was held against, as text
   */
  public record Test(String name, String group, Outcome outcome, String value, String threshold) {

    /** Returns whether it compares groups of speakers. */
    boolean isOfFairness() {
      return FAIRNESS.contains(group);
    }
  }

  /** Copies the list. */
  public StressResults {
    tests = List.copyOf(tests);
  }

  /**
   * Reads the report of stress tests in a folder.
   *
   * @throws IOException if there is none, or it is damaged; the message names the file
   */
  public static StressResults read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    String text = Files.readString(file);
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      List<Test> tests = new ArrayList<>();
      JsonArray array = json.has("tests") ? json.getAsJsonArray("tests") : new JsonArray();
      for (JsonElement element : array) {
        tests.add(test(element.getAsJsonObject()));
      }
      return new StressResults(fileName(text(json, "model")), text(json, "source"), tests);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | UnsupportedOperationException e) {
      throw new IOException(
          "%s: expected the results of stress tests; %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Test test(JsonObject json) {
    JsonElement passed = json.get("passed");
    Outcome outcome =
        passed == null || passed.isJsonNull()
            ? Outcome.NOT_TESTED
            : passed.getAsBoolean() ? Outcome.PASSED : Outcome.FAILED;
    String bound = text(json, "bound").replace('-', ' ');
    return new Test(
        text(json, "name"),
        text(json, "group"),
        outcome,
        number(json, "value"),
        (bound + " " + number(json, "threshold")).strip());
  }

  /** A card is read elsewhere, where the folder of the model says nothing. */
  private static String fileName(String model) {
    return model.substring(model.replace('\\', '/').lastIndexOf('/') + 1);
  }

  private static String text(JsonObject json, String member) {
    JsonElement element = json.get(member);
    return element == null || element.isJsonNull() ? "" : element.getAsString();
  }

  private static String number(JsonObject json, String member) {
    JsonElement element = json.get(member);
    boolean number =
        element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    return number ? String.format(Locale.ROOT, "%.3f", element.getAsDouble()) : text(json, member);
  }
}
