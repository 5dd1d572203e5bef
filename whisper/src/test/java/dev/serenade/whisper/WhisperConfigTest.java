package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhisperConfigTest {

  private static final WhisperConfig TINY = new WhisperConfig(384, 4, 6, 1536, 80, 1500);

  @TempDir Path folder;

  private Path config(String json) throws IOException {
    return Files.writeString(folder.resolve("config.json"), json);
  }

  @Test
  void numbersAreWrittenAndReadBack() throws IOException {
    assertThat(WhisperConfig.read(config(TINY.toJson().toString()))).isEqualTo(TINY);
    assertThat(TINY.headWidth()).isEqualTo(64);
  }

  @Test
  void realConfigIsRead() throws IOException {
    assertThat(WhisperConfig.read(Shared.path("models/whisper-tiny.en").resolve("config.json")))
        .isEqualTo(TINY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d_model | 0 | expected d_model from 1 to 32768, found 0",
        "d_model | 385 | d_model 385 is not a multiple of the 6 attention heads",
        "d_model | 384.5 | expected a whole number d_model, found 384.5",
        "d_model | 4294967680 | expected a whole number d_model, found 4294967680",
        "encoder_layers | -4 | expected encoder_layers from 1 to 32768, found -4",
        "encoder_attention_heads | null | expected a whole number encoder_attention_heads, found null",
        "encoder_ffn_dim | {} | expected a whole number encoder_ffn_dim, found {}",
        "num_mel_bins | 2000000000 | expected num_mel_bins from 1 to 32768, found 2000000000",
        "max_source_positions | \"long\" | expected a whole number max_source_positions, found \"long\"",
        "model_type | \"wav2vec2\" | expected model_type whisper, found \"wav2vec2\"",
        "model_type | null | expected model_type whisper, found null",
        "model_type | [] | expected model_type whisper, found []"
      })
  void wrongNumbersAreNamed(String name, String value, String message) throws IOException {
    JsonObject json = TINY.toJson();
    json.add(name, JsonParser.parseString(value));
    Path file = config(json.toString());
    assertThatThrownBy(() -> WhisperConfig.read(file))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void missingNumberIsNamed() throws IOException {
    JsonObject json = TINY.toJson();
    json.remove("encoder_ffn_dim");
    Path file = config(json.toString());
    assertThatThrownBy(() -> WhisperConfig.read(file))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(file + ": expected a whole number encoder_ffn_dim, found null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "3", "null", "{\"d_model\":", "<html>"})
  void filesThatAreNoJsonObjectAreRefused(String content) throws IOException {
    Path file = config(content);
    assertThatThrownBy(() -> WhisperConfig.read(file))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(file + ": not a JSON object");
  }

  @Test
  void filesThatAreNotTextAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("config.json"), new byte[] {(byte) 0xFF, 0, 1});
    assertThatThrownBy(() -> WhisperConfig.read(file))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(file + ": not a JSON object");
  }
}
