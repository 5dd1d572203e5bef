package dev.serenade.whisper.decoder;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.Waveform;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** A whole Whisper of random weights, and what transformers made of a sound with it. */
final class TinyRandomWhisper {

  private TinyRandomWhisper() {}

  /** Returns its folder, which {@code make_tiny_random.py} wrote. */
  static Path folder() {
    URL config =
        Objects.requireNonNull(TinyRandomWhisper.class.getResource("tiny-random/config.json"));
    try {
      return Objects.requireNonNull(Path.of(config.toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static GenerationConfig rules() throws IOException {
    return GenerationConfig.read(folder().resolve("generation_config.json"));
  }

  static FloatTensor expected(String name) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(folder().resolve("expected.safetensors"))) {
      return file.read(name);
    }
  }

  static Waveform sound() throws IOException {
    return Waveform.of(expected("waveform").toArray());
  }

  static String expectedText(String name) throws IOException {
    return expectedJson().get(name).getAsString();
  }

  static List<Integer> expectedTokens(String name) throws IOException {
    return StreamSupport.stream(expectedJson().getAsJsonArray(name).spliterator(), false)
        .map(token -> token.getAsInt())
        .toList();
  }

  private static JsonObject expectedJson() throws IOException {
    return JsonParser.parseString(Files.readString(folder().resolve("expected.json")))
        .getAsJsonObject();
  }
}
