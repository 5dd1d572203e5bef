package dev.serenade.recognition.model;

import static dev.serenade.recognition.model.ZipBytes.entries;
import static dev.serenade.recognition.model.ZipBytes.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.SyntheticSpeech;
import dev.serenade.recognition.text.TextPart;
import dev.serenade.recognition.text.TinyTextModel;
import dev.serenade.recognition.text.TokenStates;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of models that go by words too. */
final class TextModelFileTest {

  private static final String JSON = "model.json";
  private static final String TEXT = "text.safetensors";

  /** What the build that wrote the old file said of a voice. */
  private static final Map<String, Double> OLD_SCORES =
      Map.of("angry", 0.775507, "happy", 0.081974, "sad", 0.142519);

  @TempDir private Path root;

  private EncoderLocator withWhisper() throws IOException {
    Path whisper = Files.createDirectories(root.resolve("tiny-random"));
    for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
      if (!Files.exists(whisper.resolve(file))) {
        Files.copy(TinyTextModel.WHISPER.resolve(file), whisper.resolve(file));
      }
    }
    return new EncoderLocator(root);
  }

  private static byte[] bytes() throws IOException {
    try (EmotionModel model = TinyTextModel.random(0.3)) {
      return bytes(model);
    }
  }

  private static byte[] bytes(EmotionModel model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelFile.write(model, true, bytes);
    return bytes.toByteArray();
  }

  private static EmotionModel read(byte[] content, EncoderLocator whispers) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(content), "test", whispers);
  }

  private static String json(byte[] file) throws IOException {
    return new String(Objects.requireNonNull(entries(file).get(JSON)), StandardCharsets.UTF_8);
  }

  private static byte[] withJson(byte[] file, String from, String to) throws IOException {
    String json = json(file);
    assertThat(json).containsPattern(from);
    Map<String, byte[]> entries = entries(file);
    entries.put(JSON, json.replaceFirst(from, to).getBytes(StandardCharsets.UTF_8));
    return zip(entries);
  }

  @Test
  void aFileGivesBackWhatWasWritten() throws IOException {
    byte[] file = bytes();

    assertThat(entries(file))
        .containsOnlyKeys(JSON, "head.safetensors", TEXT, "encoder.safetensors");
    assertThat(json(file))
        .contains("\"formatVersion\": 5,", "\"language\": \"de\"", "\"audioWeight\": 0.3");
    Waveform clip = Waveform.of(new float[16_000]);
    try (EmotionModel written = TinyTextModel.random(0.3);
        EmotionModel read = read(file, withWhisper());
        EmotionRecognizer first = EmotionRecognizer.of(written, new SessionSettings(1));
        EmotionRecognizer second = EmotionRecognizer.of(read, new SessionSettings(1))) {
      assertThat(read.description()).isEqualTo(written.description());
      assertThat(bytes(read)).isEqualTo(file);
      assertThat(second.recognize(clip).scores()).isEqualTo(first.recognize(clip).scores());
    }
    assertThat(ModelFile.readHead(new ByteArrayInputStream(file), "test").description().text())
        .isPresent();
  }

  @Test
  void aDamagedOrMissingTextHeadIsRefused() throws IOException {
    byte[] file = bytes();
    Map<String, byte[]> damaged = entries(file);
    byte[] text = Objects.requireNonNull(damaged.get(TEXT));
    text[text.length - 20] ^= 1;
    EncoderLocator whispers = withWhisper();
    assertThatThrownBy(() -> read(zip(damaged), whispers))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("test: text.safetensors was altered: expected SHA-256");

    Map<String, byte[]> without = entries(file);
    without.remove(TEXT);
    assertThatThrownBy(() -> read(zip(without), whispers))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("test: ");
    byte[] unlisted =
        withJson(
            zip(without),
            ",\\s*\"text.safetensors\": \"\\w+\"|\"text.safetensors\": \"\\w+\",\\s*",
            "");
    for (boolean head : new boolean[] {true, false}) {
      assertThatThrownBy(
              () -> {
                if (head) {
                  ModelFile.readHead(new ByteArrayInputStream(unlisted), "test");
                } else {
                  read(unlisted, whispers).close();
                }
              })
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(
              "test: model.json describes a part that goes by words, but there is no text.safetensors");
    }
    byte[] undescribed = withJson(file, "\"text\": \\{", "\"other\": {");
    assertThatThrownBy(() -> read(undescribed, whispers))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "test: text.safetensors is there, but model.json describes no part that goes by words");
  }

  @Test
  void wrongFactsAreRefused() throws IOException {
    byte[] file = bytes();
    EncoderLocator whispers = withWhisper();
    assertThatThrownBy(
            () -> read(withJson(file, "\"audioWeight\": 0.3", "\"audioWeight\": 3"), whispers))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("test: model.json: expected a weight of the audio in [0, 1], found 3.0");
    assertThatThrownBy(
            () -> read(withJson(file, "\"audioWeight\": 0.3", "\"weight\": 0.3"), whispers))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("test: model.json: expected a member audioWeight, found none");
    assertThatThrownBy(
            () -> read(withJson(file, "\"language\": \"de\"", "\"language\": \"xx\""), whispers))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected one of the languages [de, en, fr, ja], found xx");
    for (int cut : new Random(2).ints(20, 0, file.length - 400).toArray()) {
      assertThatThrownBy(() -> read(Arrays.copyOf(file, cut), whispers))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherDecoderThanTheOneTrainedWithIsRefused() throws IOException {
    byte[] file = bytes();
    EncoderLocator whispers = withWhisper();
    Path config = root.resolve("tiny-random/generation_config.json");
    Files.writeString(config, Files.readString(config) + "\n");

    assertThatThrownBy(() -> read(file, whispers))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("test: trained with the decoder of tiny-random with SHA-256 ")
        .hasMessageContaining(
            "get it by: serenade models pull openai/tiny-random; or name its folder");
  }

  @Test
  void theDecoderMayBeElsewhere() throws IOException {
    byte[] file = bytes();
    EncoderLocator nothingKept = new EncoderLocator(root.resolve("nothing"));
    Path elsewhere = root.resolve("elsewhere");
    withWhisper();
    Files.move(root.resolve("tiny-random"), elsewhere);
    try (EmotionModel read = read(file, nothingKept.withDecoder(elsewhere.toString()))) {
      // What is written is what was read: the name stays that of training.
      assertThat(bytes(read)).isEqualTo(file);
    }
    try (EmotionModel read = read(file, new EncoderLocator(root).withDecoder("elsewhere"))) {
      assertThat(read.text().orElseThrow().states().folder()).isEqualTo(elsewhere);
    }
    // It is taken even where one is kept under the model's name.
    withWhisper();
    Path config = elsewhere.resolve("config.json");
    Files.writeString(config, Files.readString(config) + "\n");
    assertThatThrownBy(() -> read(file, new EncoderLocator(root).withDecoder("elsewhere")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("test: trained with the decoder of tiny-random with SHA-256 ")
        .hasMessageContaining(" in " + elsewhere);
    assertThatThrownBy(() -> read(file, new EncoderLocator(root).withDecoder("none")))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("encoder none: not a folder with config.json");
  }

  @Test
  void anOldFileIsReadAndGivesTheScoresItGave() throws IOException {
    Path old =
        Path.of(
            System.getProperty("serenade.root", ".."),
            "recognition/src/test/resources/dev/serenade/recognition/model/sound-and-words.serenade");
    try (EmotionModel model = ModelFile.read(old, withWhisper());
        EmotionRecognizer recognizer = EmotionRecognizer.of(model, new SessionSettings(1))) {
      EmotionScores scores = recognizer.recognize(SyntheticSpeech.of(1.5, 1)).scores();
      OLD_SCORES.forEach(
          (emotion, score) ->
              assertThat(scores.of(emotion)).as(emotion).isCloseTo(score, within(1e-5)));
    }
  }

  @Test
  void aMissingDecoderIsNamedWithTheWayToGetIt() throws IOException {
    byte[] file = bytes();
    assertThatThrownBy(() -> read(file, new EncoderLocator(root)))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageStartingWith("test: goes by words too, which takes the decoder of tiny-random: ")
        .hasMessageContaining(root.toString())
        .hasMessageEndingWith(
            "get it by: serenade models pull openai/tiny-random; or name its folder by serenade's"
                + " --transcriber");
    EncoderLocator whispers = withWhisper();
    Files.delete(root.resolve("tiny-random/generation_config.json"));
    assertThatThrownBy(() -> read(file, whispers))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("generation_config.json");
  }

  @Test
  void partsThatDoNotFitAreRefused() throws IOException {
    try (EmotionModel model = TinyTextModel.random(0.3)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EmotionModel(model.description(), model.head(), model.encoder()))
          .withMessageStartingWith("the description says text");
      TextPart part = model.text().orElseThrow();
      TokenStates french = TokenStates.of(TinyTextModel.WHISPER, Optional.of("fr"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TextPart(part.description(), part.head(), french))
          .withMessageContaining("Optional[fr]");
    }
  }
}
