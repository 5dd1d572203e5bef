package dev.serenade.whisper;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The shape of a Whisper encoder, as {@code config.json} of a Hugging Face folder gives it.
 *
 * @param width D, the width of hidden states ({@code d_model})
 * @param blocks L, how many transformer blocks there are ({@code encoder_layers})
 * @param heads attention heads of each block ({@code encoder_attention_heads})
 * @param feedForwardWidth inner width of each block's feed-forward layer ({@code encoder_ffn_dim})
 * @param melBands 80, or 128 for large-v3 ({@code num_mel_bins})
 * @param positions the most frames the encoder takes, 1,500 for 30 s ({@code max_source_positions})
 */
public record WhisperConfig(
    int width, int blocks, int heads, int feedForwardWidth, int melBands, int positions) {

  /** Far above any Whisper, and low enough that no product of two overflows. */
  private static final int LARGEST = 1 << 15;

  /** Checks that the numbers are in range and fit each other. */
  public WhisperConfig {
    requireInRange("d_model", width);
    requireInRange("encoder_layers", blocks);
    requireInRange("encoder_attention_heads", heads);
    requireInRange("encoder_ffn_dim", feedForwardWidth);
    requireInRange("num_mel_bins", melBands);
    requireInRange("max_source_positions", positions);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "d_model %d is not a multiple of the %d attention heads".formatted(width, heads));
    }
  }

  /**
   * Reads {@code config.json}.
   *
   * @throws TensorFormatException if it is not the config of a Whisper model
   */
  public static WhisperConfig read(Path file) throws IOException {
    JsonObject json;
    try {
      json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException | CharacterCodingException e) {
      throw new TensorFormatException(file + ": not a JSON object", e);
    }
    if (json.has("model_type") && !json.get("model_type").equals(new JsonPrimitive("whisper"))) {
      throw new TensorFormatException(
          "%s: expected model_type whisper, found %s".formatted(file, json.get("model_type")));
    }
    try {
      return fromJson(json);
    } catch (IllegalArgumentException e) {
      throw new TensorFormatException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Takes the numbers from a JSON object with the names of {@code config.json}.
   *
   * @throws IllegalArgumentException if one is missing or impossible
   */
  public static WhisperConfig fromJson(JsonObject json) {
    return new WhisperConfig(
        number(json, "d_model"),
        number(json, "encoder_layers"),
        number(json, "encoder_attention_heads"),
        number(json, "encoder_ffn_dim"),
        number(json, "num_mel_bins"),
        number(json, "max_source_positions"));
  }

  /** Returns the numbers under the names of {@code config.json}. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("d_model", width);
    json.addProperty("encoder_layers", blocks);
    json.addProperty("encoder_attention_heads", heads);
    json.addProperty("encoder_ffn_dim", feedForwardWidth);
    json.addProperty("num_mel_bins", melBands);
    json.addProperty("max_source_positions", positions);
    return json;
  }

  /** Returns the width of one attention head. */
  public int headWidth() {
    return width / heads;
  }

  private static void requireInRange(String name, int value) {
    if (value < 1 || value > LARGEST) {
      throw new IllegalArgumentException(
          "expected %s from 1 to %d, found %d".formatted(name, LARGEST, value));
    }
  }

  private static int number(JsonObject json, String name) {
    try {
      return json.get(name).getAsBigDecimal().intValueExact();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "expected a whole number %s, found %s".formatted(name, json.get(name)), e);
    }
  }
}
