package dev.serenade.recognition.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderLocatorTest {

  @TempDir Path root;

  private EncoderLocator locator() {
    return new EncoderLocator(root);
  }

  private Path write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  @ParameterizedTest
  @CsvSource({
    "whisper-small/config.json, openai/whisper-small, whisper-small",
    "whisper-small/config.json, whisper-small, whisper-small",
    "openai/whisper-small/config.json, openai/whisper-small, openai/whisper-small",
    "me/whisper-fa/config.json, me/whisper-fa, me/whisper-fa",
    "ggml-base.bin, ggml-base.bin, ggml-base.bin",
    "adapted/adapter_config.json, adapted, adapted"
  })
  void encoderIsFoundByName(String file, String name, String found) throws IOException {
    write(file, "{}");
    assertThat(locator().locate(name)).isEqualTo(root.resolve(found));
    assertThat(locator().nameFor(root.resolve(found))).isEqualTo(found);
    assertThat(locator().locate(found)).isEqualTo(root.resolve(found));
  }

  @ParameterizedTest
  @CsvSource({
    "openai/whisper-small, run serenade models pull openai/whisper-small; or put , whisper-small",
    "whisper-small, run serenade models pull openai/whisper-small; or put , whisper-small",
    "me/whisper-fa, run serenade models pull me/whisper-fa; or put , me/whisper-fa",
    "./no/such/folder, put , no/such/folder"
  })
  void whatIsMissingSaysHowToGetIt(String name, String how, String folder) {
    assertThatThrownBy(() -> locator().locate(name))
        .isInstanceOf(FileNotFoundException.class)
        .satisfies(
            e ->
                assertThat(String.valueOf(e.getMessage()).replace(", or ", "; or "))
                    .contains("not kept under %s; %s".formatted(root, how))
                    .endsWith(root.resolve(name.startsWith(".") ? name : folder).toString()));
  }

  @Test
  void adapterWithoutItsBaseSaysWhich() throws IOException {
    write(
        "adapted/adapter_config.json",
        """
        {"peft_type": "LORA", "r": 8, "lora_alpha": 8,
         "base_model_name_or_path": "openai/whisper-large-v3"}
        """);
    write("adapted/adapter_model.safetensors", "");
    assertThatThrownBy(() -> locator().open("adapted"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageStartingWith(
            root.resolve("adapted") + " adapts another model: encoder openai/whisper-large-v3:")
        .hasMessageContaining("serenade models pull openai/whisper-large-v3");
  }

  @Test
  void adapterOfAnAdapterIsRefused() throws IOException {
    for (String name : new String[] {"one", "two"}) {
      write(
          name + "/adapter_config.json",
          "{\"peft_type\": \"LORA\", \"r\": 8, \"lora_alpha\": 8, \"base_model_name_or_path\": \"two\"}");
      write(name + "/adapter_model.safetensors", "");
    }
    assertThatThrownBy(() -> locator().open("one"))
        .hasMessageContaining("expected a whole model as the base of an adapter");
  }

  @Test
  void encoderElsewhereIsNamedByItsFolder() {
    assertThat(locator().nameFor(Path.of("/elsewhere/whisper-fa"))).isEqualTo("whisper-fa");
  }

  @Test
  void fileOfAnotherFormatIsTold() throws IOException {
    Path file = write("ggml-base.bin", "PK..");
    assertThatThrownBy(() -> locator().open(file.toString()))
        .hasMessageStartingWith(file + ": expected a whisper.cpp file");
  }
}
