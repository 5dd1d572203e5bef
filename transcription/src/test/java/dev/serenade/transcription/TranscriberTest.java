package dev.serenade.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.Waveform;
import dev.serenade.whisper.decoder.GenerationConfig;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we make of a sound with a Whisper of random weights, against transformers. */
class TranscriberTest {

  private static final Path FOLDER =
      Path.of(
          System.getProperty("serenade.root", ".."),
          "whisper/src/test/resources/dev/serenade/whisper/decoder/tiny-random");

  private static final SessionSettings SETTINGS = new SessionSettings(1);

  private static Transcriber transcriber;
  private static JsonObject expected;
  private static Waveform sound;

  @TempDir private Path folder;

  @BeforeAll
  static void load() throws IOException {
    transcriber = Transcriber.load(FOLDER, Optional.empty(), SETTINGS);
    expected =
        JsonParser.parseString(Files.readString(FOLDER.resolve("expected.json"))).getAsJsonObject();
    try (SafetensorsFile file = SafetensorsFile.open(FOLDER.resolve("expected.safetensors"))) {
      sound = Waveform.of(file.read("waveform").toArray());
    }
  }

  @AfterAll
  static void close() {
    transcriber.close();
  }

  @Test
  void writesDownWhatTransformersWritesDown() {
    Transcript transcript = transcriber.transcribe(sound);
    assertThat(transcript.text()).isEqualTo(expected.get("text").getAsString().strip());
    assertThat(transcript.text()).isNotEmpty();
    assertThat(transcript.language()).contains(expected.get("language").getAsString());
  }

  @Test
  void tokensAreThoseOfTheReferenceInBothDirections() throws IOException {
    GenerationConfig rules = GenerationConfig.read(FOLDER.resolve("generation_config.json"));
    try (WhisperTokenizer tokenizer = WhisperTokenizer.open(FOLDER, rules)) {
      for (Map.Entry<String, JsonElement> text : expected.getAsJsonObject("texts").entrySet()) {
        List<Integer> tokens =
            StreamSupport.stream(text.getValue().getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsInt)
                .toList();
        assertThat(tokenizer.tokens(text.getKey())).isEqualTo(tokens);
        assertThat(tokenizer.text(tokens)).isEqualTo(text.getKey());
      }
      assertThat(tokenizer.text(List.of(rules.start(), rules.end(), rules.noTimestamps() + 3)))
          .isEmpty();
    }
  }

  @Test
  void longRecordingsAreWindowsOneAfterTheOther() {
    float[] samples = new float[40 * Waveform.SAMPLE_RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sound.get(i % sound.length());
    }
    int window = 30 * Waveform.SAMPLE_RATE_HZ;
    Waveform whole = Waveform.of(samples);
    Transcript first = transcriber.transcribe(whole.slice(0, window));
    Transcript second =
        transcriber.transcribe(whole.slice(window, samples.length), first.language());
    Transcript both = transcriber.transcribe(whole);
    assertThat(both).isEqualTo(Transcript.joined(List.of(first, second)));

    TranscriptStream stream = transcriber.stream();
    for (int from = 0; from < samples.length; from += 70_000) {
      stream.push(whole.slice(from, Math.min(samples.length, from + 70_000)));
    }
    assertThat(stream.finish()).isEqualTo(both);
  }

  @Test
  void nothingIsSaidInNothing() {
    assertThat(transcriber.transcribe(Waveform.of())).isEqualTo(Transcript.NOTHING);
    assertThat(Transcript.joined(List.of())).isEqualTo(Transcript.NOTHING);
  }

  @Test
  void nothingIsSaidWhereNobodySpeaks() {
    Waveform silence = Waveform.of(new float[2 * Waveform.SAMPLE_RATE_HZ]);
    assertThat(transcriber.transcribe(silence)).isEqualTo(Transcript.NOTHING);
  }

  @Test
  void partsAreJoinedInTheLanguageOfTheFirstThatHasOne() {
    Transcript silent = Transcript.NOTHING;
    Transcript german = new Transcript("Guten Tag.", Optional.of("de"));
    Transcript more = new Transcript("Adieu.", Optional.of("fr"));
    assertThat(Transcript.joined(List.of(silent, german, silent, more)))
        .isEqualTo(new Transcript("Guten Tag. Adieu.", Optional.of("de")));
  }

  @Test
  void aLanguageThatIsToldIsTheTranscripts() throws IOException {
    try (Transcriber german = Transcriber.load(FOLDER, Optional.of("de"), SETTINGS)) {
      assertThat(german.transcribe(sound).language()).contains("de");
    }
    assertThatThrownBy(() -> Transcriber.load(FOLDER, Optional.of("xx"), SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one of the languages [de, en, fr, ja], found xx");
  }

  @Test
  void modelsOfEnglishAloneTakeEnglishOnly() throws IOException {
    copy("config.json", "model.safetensors", "tokenizer.json");
    JsonObject rules =
        JsonParser.parseString(Files.readString(FOLDER.resolve("generation_config.json")))
            .getAsJsonObject();
    rules.addProperty("is_multilingual", false);
    Files.writeString(folder.resolve("generation_config.json"), rules.toString());
    try (Transcriber english = Transcriber.load(folder, Optional.of("en"), SETTINGS)) {
      assertThat(english.transcribe(sound).language()).isEmpty();
    }
    assertThatThrownBy(() -> Transcriber.load(folder, Optional.of("de"), SETTINGS))
        .hasMessage("this model knows English alone, found de");
  }

  @Test
  void saysWhichFileIsMissingOrDamaged() throws IOException {
    copy("config.json", "model.safetensors");
    assertMissing("generation_config.json");
    copy("generation_config.json");
    assertMissing("tokenizer.json");
    Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{}");
    assertThatThrownBy(() -> Transcriber.load(folder, Optional.empty(), SETTINGS))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageStartingWith("%s: not a tokenizer: ", tokenizer);
    copy("tokenizer.json");
    String other =
        Files.readString(tokenizer).replace("<|startoftranscript|>", "<|startofsomething|>");
    Files.writeString(tokenizer, other);
    assertThatThrownBy(() -> Transcriber.load(folder, Optional.empty(), SETTINGS))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("for <|startoftranscript|>, as generation_config.json says, found [");
  }

  private void assertMissing(String file) {
    assertThatThrownBy(() -> Transcriber.load(folder, Optional.empty(), SETTINGS))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("expected a file %s, found none", folder.resolve(file));
  }

  private void copy(String... names) throws IOException {
    for (String name : Arrays.asList(names)) {
      Files.write(folder.resolve(name), Files.readAllBytes(FOLDER.resolve(name)));
    }
  }
}
