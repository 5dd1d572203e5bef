package dev.serenade.whisper.decoder;

import com.google.gson.JsonObject;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The shape of a Whisper decoder, as {@code config.json} of a Hugging Face folder gives it.
 *
 * @param width D, the width of hidden states ({@code d_model})
 * @param blocks how many transformer blocks there are ({@code decoder_layers})
 * @param heads attention heads of each block ({@code decoder_attention_heads})
 * @param feedForwardWidth inner width of each block's feed-forward layer ({@code decoder_ffn_dim})
 * @param vocabulary how many tokens there are ({@code vocab_size})
 * @param positions the most tokens of one window, prompt included, 448 ({@code
 *     max_target_positions})
 */
public record DecoderConfig(
    int width, int blocks, int heads, int feedForwardWidth, int vocabulary, int positions) {

  /** Far above any Whisper, whose vocabulary has 51,866 tokens at most. */
  private static final int LARGEST = 1 << 18;

  /** Checks that the numbers are in range and fit each other. */
  public DecoderConfig {
    requireInRange("d_model", width);
    requireInRange("decoder_layers", blocks);
    requireInRange("decoder_attention_heads", heads);
    requireInRange("decoder_ffn_dim", feedForwardWidth);
    requireInRange("vocab_size", vocabulary);
    requireInRange("max_target_positions", positions);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "d_model %d is not a multiple of the %d attention heads".formatted(width, heads));
    }
  }

  /**
   * Reads {@code config.json}.
   *
   * @throws TensorFormatException if it is not the config of a whole Whisper
   */
  public static DecoderConfig read(Path file) throws IOException {
    JsonObject json = JsonFile.read(file);
    try {
      return new DecoderConfig(
          JsonFile.integer(json, "d_model"),
          JsonFile.integer(json, "decoder_layers"),
          JsonFile.integer(json, "decoder_attention_heads"),
          JsonFile.integer(json, "decoder_ffn_dim"),
          JsonFile.integer(json, "vocab_size"),
          JsonFile.integer(json, "max_target_positions"));
    } catch (IllegalArgumentException e) {
      throw new TensorFormatException(file + ": " + e.getMessage(), e);
    }
  }

  /** Returns the width of one attention head. */
  int headWidth() {
    return width / heads;
  }

  private static void requireInRange(String name, int value) {
    if (value < 1 || value > LARGEST) {
      throw new IllegalArgumentException(
          "expected %s from 1 to %d, found %d".formatted(name, LARGEST, value));
    }
  }
}
