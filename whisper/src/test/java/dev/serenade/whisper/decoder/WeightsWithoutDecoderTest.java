package dev.serenade.whisper.decoder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that hold less than a whole Whisper. */
class WeightsWithoutDecoderTest {

  @TempDir private Path folder;

  @Test
  void anEncoderAloneIsNamedAsSuch() throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F16);
    writer.add("model.encoder.conv1.weight", FloatTensor.of(new float[6], 1, 2, 3));
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
      writer.write(out);
    }
    assertThatThrownBy(() -> WhisperDecoder.load(folder, new SessionSettings(1)))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("expected tensors model.decoder.* of a decoder, found none among 1")
        .hasMessageContaining("encoder alone");
  }

  @Test
  void missingWeightsAndConfigsAreNamed() throws IOException {
    assertThatThrownBy(() -> WhisperDecoder.load(folder, new SessionSettings(1)))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("expected model.safetensors or model.safetensors.index.json");
    Path config = folder.resolve("generation_config.json");
    assertThatThrownBy(() -> GenerationConfig.read(config))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("expected a file %s, found none", config);
    Files.writeString(config, "{\"decoder_start_token_id\": 1, \"eos_token_id\": \"x\"}");
    assertThatThrownBy(() -> GenerationConfig.read(config))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage("%s: expected a whole number eos_token_id, found \"x\"", config);
    Files.writeString(config, "{\"is_multilingual\": true}");
    assertThatThrownBy(() -> GenerationConfig.read(config))
        .hasMessage("%s: expected an object lang_to_id, found null", config);
  }
}
