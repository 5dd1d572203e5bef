package dev.serenade.whisper.decoder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tokens steer a Whisper, and which it may not say, as {@code generation_config.json} gives
 * them.
 *
 * @param start {@code <|startoftranscript|>}
 * @param end {@code <|endoftext|>}
 * @param noTimestamps {@code <|notimestamps|>}
 * @param transcribe {@code <|transcribe|>}; empty in models of English alone
 * @param languages tokens of languages by their code, such as {@code en}; empty in models of
 *     English alone
 * @param suppressed what is never said
 * @param suppressedFirst what is not said first
 * @param longest the most tokens of one window, prompt included
 */
public record GenerationConfig(
    int start,
    int end,
    int noTimestamps,
    OptionalInt transcribe,
    Map<String, Integer> languages,
    Set<Integer> suppressed,
    Set<Integer> suppressedFirst,
    int longest) {

  /** What Whisper was trained on, and what its folders say. */
  private static final int DEFAULT_LONGEST = 448;

  /** Copies the collections, and checks that the model has either both or none of its choices. */
  public GenerationConfig {
    languages = Collections.unmodifiableMap(new TreeMap<>(languages));
    suppressed = Collections.unmodifiableSet(new TreeSet<>(suppressed));
    suppressedFirst = Collections.unmodifiableSet(new TreeSet<>(suppressedFirst));
    if (languages.isEmpty() != transcribe.isEmpty()) {
      throw new IllegalArgumentException(
          "expected lang_to_id and task_to_id.transcribe together, found one of them");
    }
  }

  /**
   * Reads {@code generation_config.json}.
   *
   * @throws TensorFormatException if it is not that of a Whisper
   */
  public static GenerationConfig read(Path file) throws IOException {
    JsonObject json = JsonFile.read(file);
    try {
      boolean multilingual =
          json.has("is_multilingual") && json.get("is_multilingual").getAsBoolean();
      Map<String, Integer> languages = new LinkedHashMap<>();
      OptionalInt transcribe = OptionalInt.empty();
      if (multilingual) {
        object(json, "lang_to_id")
            .entrySet()
            .forEach(entry -> languages.put(code(entry.getKey()), id(entry)));
        transcribe = OptionalInt.of(JsonFile.integer(object(json, "task_to_id"), "transcribe"));
      }
      return new GenerationConfig(
          JsonFile.integer(json, "decoder_start_token_id"),
          JsonFile.integer(json, "eos_token_id"),
          JsonFile.integer(json, "no_timestamps_token_id"),
          transcribe,
          languages,
          Set.copyOf(JsonFile.integers(json, "suppress_tokens")),
          Set.copyOf(JsonFile.integers(json, "begin_suppress_tokens")),
          json.has("max_length") ? JsonFile.integer(json, "max_length") : DEFAULT_LONGEST);
    } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
      throw new TensorFormatException(file + ": " + e.getMessage(), e);
    }
  }

  /** Returns whether the model knows other languages than English. */
  public boolean multilingual() {
    return !languages.isEmpty();
  }

  /**
   * Returns what comes before the first word.
   *
   * @param language a code of {@link #languages}; empty in models of English alone
   * @throws IllegalArgumentException if the model does not know the language
   */
  List<Integer> prompt(Optional<String> language) {
    List<Integer> prompt = new ArrayList<>(List.of(start));
    if (language.isPresent()) {
      prompt.add(language(language.get()));
      prompt.add(transcribe.orElseThrow());
    }
    prompt.add(noTimestamps);
    return prompt;
  }

  /**
   * Returns the token of a language.
   *
   * @throws IllegalArgumentException if the model does not know it
   */
  public int language(String code) {
    Integer token = languages.get(code);
    if (token == null) {
      throw new IllegalArgumentException(
          multilingual()
              ? "expected one of the languages %s, found %s".formatted(languages.keySet(), code)
              : "this model knows English alone, found " + code);
    }
    return token;
  }

  private static JsonObject object(JsonObject json, String name) {
    if (!json.has(name) || !json.get(name).isJsonObject()) {
      throw new IllegalArgumentException(
          "expected an object %s, found %s".formatted(name, json.get(name)));
    }
    return json.getAsJsonObject(name);
  }

  /** From {@code <|en|>} to {@code en}. */
  private static String code(String token) {
    return token.replace("<|", "").replace("|>", "");
  }

  private static int id(Map.Entry<String, JsonElement> entry) {
    return JsonFile.integer(entry.getKey(), entry.getValue());
  }
}
