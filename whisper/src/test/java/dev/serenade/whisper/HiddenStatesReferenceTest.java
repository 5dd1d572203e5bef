package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import java.io.IOException;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our encoder against that of transformers, layer by layer. */
class HiddenStatesReferenceTest {

  /** Norm of the difference over norm of the states; at most 6e-6 was seen. */
  private static final double TOLERANCE = 2e-5;

  /**
   * In base, a few huge activations of blocks 4 and 5 (of thousands, among states below one) turn
   * the rounding of any two implementations into this; at most 2.8e-5 was seen.
   */
  private static final double TOLERANCE_OF_BASE_FROM_BLOCK_4 = 2e-4;

  /** The reference runs on exactly the clip's frames. */
  private static final Window TRIMMED = new Window(Window.Mode.ADAPTIVE, 1);

  @ParameterizedTest
  @CsvSource({
    "models/whisper-tiny.en, emodb_03a01Fa",
    "models/whisper-tiny.en, ravdess_03-01-05-01-02-01-16",
    "models/whisper-base, emodb_03a01Fa",
    "models/whisper-base, ravdess_03-01-05-01-02-01-16",
    "reference/whisper-mini-random, emodb_03a01Fa"
  })
  void adaptiveEqualsTransformersOnTheTrimmedClip(String model, String clip) throws IOException {
    FloatTensor expected = reference(model, clip + ".trimmed");
    try (WhisperEncoder encoder = encoder(model, TRIMMED)) {
      EncodedClip encoded = encoder.encode(ReferenceClips.named(clip));
      for (int layer = 0; layer < expected.shape()[0]; layer++) {
        assertLayer(encoded, layer, expected, tolerance(model, layer));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "models/whisper-tiny.en, emodb_03a01Fa",
    "models/whisper-tiny.en, ravdess_03-01-05-01-02-01-16",
    "models/whisper-base, emodb_03a01Fa",
    "models/whisper-base, ravdess_03-01-05-01-02-01-16",
  })
  void paddedEqualsTransformersOnThirtySeconds(String model, String clip) throws IOException {
    FloatTensor first = reference(model, clip + ".padded_first50");
    try (WhisperEncoder encoder = encoder(model, Window.padded())) {
      EncodedClip encoded = encoder.encode(ReferenceClips.named(clip));
      for (int layer = 0; layer < first.shape()[0]; layer++) {
        assertLayer(encoded, layer, first, tolerance(model, layer));
      }
    }
  }

  private static WhisperEncoder encoder(String model, Window window) throws IOException {
    int blocks = WhisperConfig.read(Shared.path(model).resolve("config.json")).blocks();
    TreeSet<Integer> all =
        IntStream.rangeClosed(0, blocks).boxed().collect(Collectors.toCollection(TreeSet::new));
    return WhisperEncoder.load(Shared.path(model), window, all, SessionSettings.create());
  }

  private static FloatTensor reference(String model, String tensor) throws IOException {
    String name = model.substring(model.indexOf('/') + 1);
    try (SafetensorsFile file =
        SafetensorsFile.open(Shared.path("reference/hidden_" + name + ".safetensors"))) {
      return file.read(tensor);
    }
  }

  private static double tolerance(String model, int layer) {
    return model.endsWith("base") && layer >= 4 ? TOLERANCE_OF_BASE_FROM_BLOCK_4 : TOLERANCE;
  }

  private static void assertLayer(
      EncodedClip encoded, int layer, FloatTensor expected, double tolerance) {
    HiddenStates found = encoded.layer(layer);
    int frames = (int) expected.shape()[1];
    assertThat(found.frames()).isGreaterThanOrEqualTo(frames);
    int offset = layer * frames * found.width();
    double difference = 0;
    double norm = 0;
    for (int t = 0; t < frames; t++) {
      for (int d = 0; d < found.width(); d++) {
        double value = expected.get(offset + t * found.width() + d);
        double error = value - found.get(t, d);
        difference += error * error;
        norm += value * value;
      }
    }
    assertThat(Math.sqrt(difference / norm)).as("layer %d", layer).isLessThan(tolerance);
  }
}
