package dev.serenade.recognition.model;

import static dev.serenade.recognition.model.ZipBytes.entries;
import static dev.serenade.recognition.model.ZipBytes.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.recognition.TinyModels;
import dev.serenade.recognition.confidence.HeldOutConfidence;
import dev.serenade.recognition.head.AttentivePooling;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.OutputNorm;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.head.WeightedLayers;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.tensor.SafetensorsFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    try (EmotionModel model = model();
        EmotionModel read = read(bytes(model))) {
      assertThat(read.description()).isEqualTo(model.description());
      assertThat(read.head().parameters().keySet()).isEqualTo(model.head().parameters().keySet());
      for (var parameter : model.head().parameters().entrySet()) {
        assertThat(read.head().parameters())
            .hasEntrySatisfying(
                parameter.getKey(),
                tensor ->
                    assertThat(tensor.toArray()).containsExactly(parameter.getValue().toArray()));
      }
    }
  }

  @Test
  void onlyWhatTheFirstVersionLacksIsWrittenInTheSecond() throws IOException {
    assertThat(modelJson(bytes(model()))).contains("\"formatVersion\": 1,", "\"layer\": 1,");
    LayerFusion fusion = new WeightedLayers(List.of(0, 1));
    try (EmotionModel model = TinyModels.random(fusion, new MeanPooling(), Window.adaptive(), 13);
        EmotionModel read = read(bytes(model))) {
      assertThat(modelJson(bytes(model)))
          .contains("\"formatVersion\": 2,", "\"layer\": \"weighted:0-1\",");
      assertThat(read.description()).isEqualTo(model.description());
      assertThat(read.description().head().fusion()).isEqualTo(fusion);
    }
  }

  @Test
  void onlyWhatTheSecondVersionLacksIsWrittenInTheThird() throws IOException {
    Pooling mixed = new AttentivePooling(2, 4, true, true, OutputNorm.NORM);
    for (LayerFusion fusion : List.of(new SingleLayer(1), new WeightedLayers(List.of(0, 1)))) {
      try (EmotionModel model = TinyModels.random(fusion, mixed, Window.adaptive(), 14);
          EmotionModel read = read(bytes(model))) {
        assertThat(modelJson(bytes(model))).contains("\"formatVersion\": 3,", "\"mixed\": true,");
        assertThat(read.description()).isEqualTo(model.description());
        assertThat(bytes(read)).isEqualTo(bytes(model));
      }
    }
  }

  @Test
  void layersThatTheEncoderLacksAreRefused() throws IOException {
    byte[] changed = withModelJson(bytes(model()), "\"layer\": 1", "\"layer\": 3");
    assertThatThrownBy(() -> read(changed))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("test: model.json: expected layers from 0 to 2, found 3");
  }

  @Test
  void memoryOfSilenceGoesWithTheEncoder() throws IOException {
    byte[] file;
    try (EmotionModel model = TinyModels.random(new MeanPooling(), Window.memory(), 12)) {
      file = bytes(model);
    }
    byte[] encoder = entries(file).getOrDefault("encoder.safetensors", new byte[0]);
    try (SafetensorsFile tensors = SafetensorsFile.of(ByteBuffer.wrap(encoder), "encoder")) {
      assertThat(tensors.names())
          .contains("silence_memory.1.keys")
          .doesNotContain("silence_memory.2.keys");
    }
    try (EmotionModel read = read(file)) {
      assertThat(read.description().window()).isEqualTo(Window.memory());
      assertThat(bytes(read)).isEqualTo(file);
    }
  }

  @Test
  void equalModelsGiveEqualFiles() throws IOException {
    assertThat(bytes(model())).isEqualTo(bytes(model()));
  }

  @Test
  void aFileIsReplacedWhole() throws IOException {
    Path file = folder.resolve("sub/model.serenade");
    ModelFile.write(model(), true, file);
    ModelFile.write(model(), true, file);
    try (EmotionModel read = ModelFile.read(file, nowhere())) {
      assertThat(read.description()).isEqualTo(model().description());
    }
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anUnknownVersionIsRefusedWithTheKnownOne() throws IOException {
    byte[] changed = withModelJson(bytes(model()), "\"formatVersion\": 1", "\"formatVersion\": 7");
    assertThatThrownBy(() -> read(changed))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "test: format version 7 is not known; this version of Serenade reads versions 1 to 5");
  }

  @Test
  void aFileCutShortIsRefusedWhereverItIsCut() throws IOException {
    byte[] whole = bytes(model());
    Random random = new Random(3);
    // The zip's own directory, at the end, is not read and may be missing.
    int entriesEnd = whole.length - 300;
    for (int i = 0; i < 50; i++) {
      byte[] cut = Arrays.copyOf(whole, random.nextInt(entriesEnd));
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anAlteredByteIsNoticedWhereverItIs() throws IOException {
    byte[] whole = bytes(model());
    Random random = new Random(4);
    int unnoticed = 0;
    for (int i = 0; i < 200; i++) {
      byte[] altered = whole.clone();
      altered[random.nextInt(whole.length - 300)] ^= (byte) (1 << random.nextInt(8));
      try (EmotionModel read = read(altered)) {
        // Only dates and the like of a zip's headers may differ unnoticed.
        assertThat(read.description()).isEqualTo(model().description());
        unnoticed++;
      } catch (ModelFormatException e) {
        assertThat(e).hasMessageStartingWith("test: ");
      }
    }
    assertThat(unnoticed).isLessThan(10);
  }

  @Test
  void anotherHeadThanTheOneHashedIsRefused() throws IOException {
    Map<String, byte[]> entries = entries(bytes(model()));
    entries.merge("head.safetensors", new byte[0], (head, none) -> withOneBitFlipped(head));
    assertThatThrownBy(() -> read(zip(entries)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("head.safetensors was altered: expected SHA-256");
  }

  @Test
  void aFileThatIsNoModelIsNamed() {
    assertThatThrownBy(() -> read("RIFF not a zip at all".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "test: expected a model file, a zip with model.json and head.safetensors, found no zip");
    assertThatThrownBy(() -> read(zip(Map.of("other.txt", new byte[3]))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("found no zip");
  }

  @Test
  void aMissingMemberOfTheDescriptionIsNamed() throws IOException {
    byte[] changed = withModelJson(bytes(model()), "\"temperature\"", "\"temper\"");
    assertThatThrownBy(() -> read(changed))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("test: model.json: expected a member temperature, found none");
  }

  @Test
  void aModelWithoutItsEncoderSaysWhichFilesToPutWhere() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelFile.write(model(), false, bytes);
    assertThatThrownBy(() -> read(bytes.toByteArray()))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("encoder tiny-random")
        .hasMessageContaining("put config.json and model.safetensors")
        .hasMessageContaining(folder.resolve("tiny-random").toString());
  }

  private static byte[] withOneBitFlipped(byte[] content) {
    content[2000] ^= 1;
    return content;
  }

  private EmotionModel read(byte[] content) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(content), "test", nowhere());
  }

  private EncoderLocator nowhere() {
    return new EncoderLocator(folder);
  }

  private static EmotionModel model() throws IOException {
    return TinyModels.random(QkvPooling.of(2, 4), Window.adaptive(), 11);
  }

  private static byte[] bytes(EmotionModel model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelFile.write(model, true, bytes);
    return bytes.toByteArray();
  }

  private static byte[] withModelJson(byte[] file, String from, String to) throws IOException {
    Map<String, byte[]> entries = entries(file);
    String json = modelJson(file);
    assertThat(json).contains(from);
    entries.put("model.json", json.replace(from, to).getBytes(StandardCharsets.UTF_8));
    return zip(entries);
  }

  private static String modelJson(byte[] file) throws IOException {
    return new String(
        entries(file).getOrDefault("model.json", new byte[0]), StandardCharsets.UTF_8);
  }

  @Test
  void whatHeldOutSpeakersShowedIsReadBackAndOlderReadersPassOverIt() throws IOException {
    HeldOutConfidence heldOut =
        new HeldOutConfidence(
            90,
            3,
            List.of(
                new HeldOutConfidence.Step(0.87, 40, 1), new HeldOutConfidence.Step(0.31, 90, 20)),
            List.of(
                new HeldOutConfidence.SetLevel(0.9, 0.21),
                new HeldOutConfidence.SetLevel(0.95, 0)));
    try (EmotionModel plain = model()) {
      ModelDescription d = plain.description();
      ModelDescription described =
          new ModelDescription(
              d.labels(),
              d.encoder(),
              d.window(),
              d.head(),
              d.temperature(),
              d.provenance(),
              d.licences(),
              Optional.of(heldOut));
      EmotionModel model = new EmotionModel(described, plain.head(), plain.encoder());
      assertThat(modelJson(bytes(model)))
          .contains("\"formatVersion\": 1,", "\"heldOut\": {", "\"speakers\": 3,");
      assertThat(modelJson(bytes(plain))).doesNotContain("heldOut");
      try (EmotionModel read = read(bytes(model))) {
        assertThat(read.description().heldOut()).contains(heldOut);
      }
    }
  }
}
