package dev.serenade.whisper;

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
import java.util.List;
import java.util.Set;

/**
 * What {@code adapter_config.json} of a PEFT folder says: low-rank adaptation (LoRA) of a model.
 *
 * <p>Hu et al., "LoRA: low-rank adaptation of large language models", 2021, arXiv:2106.09685. Rank
 * stabilisation, alpha over the root of the rank: Kalajdzievski, 2023, arXiv:2312.03732.
 *
 * @param base the name or folder of the model that was adapted
 * @param rank r, the rank of what is added
 * @param scale what the product is multiplied by: alpha / r, or alpha / sqrt(r) if stabilised
 */
record LoraConfig(String base, int rank, double scale) {

  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";

  /**
   * Ways of starting that change the base's own weights, so that adding to it gives another model.
   */
  private static final Set<String> CHANGES_BASE =
      Set.of("pissa", "olora", "loftq", "corda", "lora_ga");

  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG));
  }

  /** Returns the files of a folder that say what is added. */
  static List<Path> files(Path folder) {
    return List.of(folder.resolve(CONFIG), weights(folder));
  }

  static Path weights(Path folder) {
    return folder.resolve(WEIGHTS);
  }

  /**
   * Reads the configuration and looks for the weights beside it.
   *
   * @throws FileNotFoundException if one of them is missing
   * @throws TensorFormatException if it is not LoRA, or does what is not supported; says what
   */
  static LoraConfig read(Path folder) throws IOException {
    Path file = folder.resolve(CONFIG);
    JsonObject json;
    try {
      json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException | CharacterCodingException e) {
      throw new TensorFormatException(file + ": not a JSON object", e);
    }
    LoraConfig config;
    try {
      config = fromJson(json);
    } catch (IllegalArgumentException e) {
      throw new TensorFormatException("%s: %s".formatted(file, e.getMessage()), e);
    }
    if (!Files.isRegularFile(weights(folder))) {
      throw new FileNotFoundException(
          "%s: expected %s beside %s, found none%s"
              .formatted(
                  folder,
                  WEIGHTS,
                  CONFIG,
                  Files.exists(folder.resolve("adapter_model.bin"))
                      ? "; adapter_model.bin is a pickle, which can run code and is never loaded: save the adapter with safe_serialization=True"
                      : ""));
    }
    return config;
  }

  private static LoraConfig fromJson(JsonObject json) {
    String type = text(json, "peft_type", "");
    if (!type.equals("LORA")) {
      throw new IllegalArgumentException("expected peft_type LORA, found " + json.get("peft_type"));
    }
    for (String member : List.of("fan_in_fan_out", "use_dora", "lora_bias", "use_qalora")) {
      require(!isTrue(json, member), json, member, "false");
    }
    for (String member : List.of("rank_pattern", "alpha_pattern", "modules_to_save")) {
      require(isEmpty(json.get(member)), json, member, "none");
    }
    String bias = text(json, "bias", "none");
    require(bias.equals("none"), json, "bias", "none");
    String start = text(json, "init_lora_weights", "");
    require(
        CHANGES_BASE.stream().noneMatch(start::startsWith),
        json,
        "init_lora_weights",
        "a way that leaves the base as it is (merge the adapter with merge_and_unload instead)");
    double rank = number(json, "r");
    double alpha = number(json, "lora_alpha");
    if (!(rank >= 1 && rank <= 1 << 15 && rank == Math.rint(rank))) {
      throw new IllegalArgumentException("expected a rank r from 1 to 32768, found " + rank);
    }
    String base = text(json, "base_model_name_or_path", "");
    if (base.isBlank()) {
      throw new IllegalArgumentException(
          "expected base_model_name_or_path, the model that was adapted, found "
              + json.get("base_model_name_or_path"));
    }
    double scale = isTrue(json, "use_rslora") ? alpha / Math.sqrt(rank) : alpha / rank;
    return new LoraConfig(base, (int) rank, scale);
  }

  private static void require(boolean met, JsonObject json, String member, String expected) {
    if (!met) {
      throw new IllegalArgumentException(
          "expected %s: %s, found %s, which is not supported"
              .formatted(member, expected, json.get(member)));
    }
  }

  private static boolean isEmpty(JsonElement json) {
    return json == null
        || json.isJsonNull()
        || (json.isJsonArray() && json.getAsJsonArray().isEmpty())
        || (json.isJsonObject() && json.getAsJsonObject().size() == 0);
  }

  private static boolean isTrue(JsonObject json, String member) {
    JsonElement value = json.get(member);
    return value != null
        && value.isJsonPrimitive()
        && value.getAsJsonPrimitive().isBoolean()
        && value.getAsBoolean();
  }

  private static String text(JsonObject json, String member, String otherwise) {
    JsonElement value = json.get(member);
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
        ? value.getAsString()
        : otherwise;
  }

  private static double number(JsonObject json, String member) {
    JsonElement value = json.get(member);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
      throw new IllegalArgumentException("expected a number %s, found %s".formatted(member, value));
    }
    double number = value.getAsDouble();
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "expected a finite number %s, found %s".formatted(member, value));
    }
    return number;
  }
}
