package dev.serenade.cli;

import dev.serenade.recognition.confidence.HeldOutConfidence;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.WhisperConfig;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A model of random weights: it knows nothing of emotion, but is quick, and always the same. */
public final class TinyModel {

  /** The emotions of the model. */
  public static final List<String> LABELS = List.of("angry", "happy", "neutral", "sad");

  private static final WhisperConfig CONFIG = new WhisperConfig(16, 1, 2, 32, 80, 1500);

  private final SplittableRandom random = new SplittableRandom(7);

  private final Pooling pooling;

  private TinyModel(Pooling pooling) {
    this.pooling = pooling;
  }

  /** Writes the model to a file, and returns the file. */
  public static Path write(Path file) throws IOException {
    return write(file, Optional.empty());
  }

  /** Writes the model with another pooling to a file, and returns the file. */
  static Path write(Path file, Pooling pooling) throws IOException {
    return new TinyModel(pooling).writeTo(file, Optional.empty());
  }

  /** Writes the model to a file that says what held-out speakers showed. */
  public static Path write(Path file, Optional<HeldOutConfidence> heldOut) throws IOException {
    return new TinyModel(QkvPooling.of(2, 4)).writeTo(file, heldOut);
  }

  private Path writeTo(Path file, Optional<HeldOutConfidence> heldOut) throws IOException {
    HeadSpec spec =
        new HeadSpec(
            new SingleLayer(CONFIG.blocks()),
            CONFIG.width(),
            InputNormalisation.STANDARDISED,
            8,
            pooling,
            LABELS.size(),
            0.1);
    ModelDescription description =
        new ModelDescription(
            LABELS,
            new EncoderIdentity("tiny-random", "0".repeat(64), CONFIG),
            Window.adaptive(),
            spec,
            1.0,
            Map.of(),
            List.of(),
            heldOut);
    try (EmotionModel model = new EmotionModel(description, head(spec), encoder())) {
      ModelFile.write(model, true, file);
    }
    return file;
  }

  private Head head(HeadSpec spec) {
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      parameters.put(parameter.name(), tensor(1, parameter.dimensions()));
    }
    return Head.of(spec, parameters);
  }

  private EncoderWeights encoder() throws IOException {
    SafetensorsWriter weights = new SafetensorsWriter(ElementType.F32);
    int width = CONFIG.width();
    weights.add("embed_positions.weight", tensor(0.1, CONFIG.positions(), width));
    weights.add("conv1.weight", tensor(0.2, width, CONFIG.melBands(), 3));
    weights.add("conv1.bias", tensor(0.1, width));
    weights.add("conv2.weight", tensor(0.2, width, width, 3));
    weights.add("conv2.bias", tensor(0.1, width));
    String block = "layers.0.";
    for (String name : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
      addLinear(weights, block + "self_attn." + name, width, width);
    }
    addLinear(weights, block + "fc1", width, CONFIG.feedForwardWidth());
    addLinear(weights, block + "fc2", CONFIG.feedForwardWidth(), width);
    for (String norm :
        List.of(block + "self_attn_layer_norm", block + "final_layer_norm", "layer_norm")) {
      weights.add(norm + ".weight", tensor(1, width));
      weights.add(norm + ".bias", tensor(0.1, width));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    weights.write(bytes);
    return EncoderWeights.of(
        CONFIG, SafetensorsFile.of(ByteBuffer.wrap(bytes.toByteArray()), "tiny-random"));
  }

  private void addLinear(SafetensorsWriter weights, String name, int from, int to) {
    weights.add(name + ".weight", tensor(0.3, to, from));
    weights.add(name + ".bias", tensor(0.1, to));
  }

  private FloatTensor tensor(double range, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (range * (2 * random.nextDouble() - 1));
    }
    return FloatTensor.of(values, shape);
  }
}
