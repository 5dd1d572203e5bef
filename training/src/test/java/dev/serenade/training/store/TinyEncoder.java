package dev.serenade.training.store;

import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.WhisperConfig;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A Whisper folder with random weights: it knows nothing of speech, but is quick. */
public final class TinyEncoder {

  public static final WhisperConfig CONFIG = new WhisperConfig(16, 3, 2, 24, 80, 1500);

  private static final double POSITIONS_RANGE = 0.1;

  private final SplittableRandom random = new SplittableRandom(7);
  private final SafetensorsWriter weights = new SafetensorsWriter(ElementType.F32);

  private TinyEncoder() {}

  /** Writes the folder and opens it. */
  public static EncoderWeights write(Path folder) throws IOException {
    return write(folder, POSITIONS_RANGE);
  }

  /** Writes and opens one whose hidden states are about as large as this. */
  static EncoderWeights write(Path folder, double positionsRange) throws IOException {
    Files.writeString(folder.resolve("config.json"), CONFIG.toJson().toString());
    TinyEncoder encoder = new TinyEncoder();
    encoder.addAll(positionsRange);
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
      encoder.weights.write(out);
    }
    return EncoderWeights.open(folder);
  }

  private void addAll(double positionsRange) {
    int width = CONFIG.width();
    add(positionsRange, "embed_positions.weight", CONFIG.positions(), width);
    add(0.2, "conv1.weight", width, CONFIG.melBands(), 3);
    add(0.1, "conv1.bias", width);
    add(0.2, "conv2.weight", width, width, 3);
    add(0.1, "conv2.bias", width);
    for (int layer = 0; layer < CONFIG.blocks(); layer++) {
      String block = "layers." + layer + ".";
      for (String name : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
        addLinear(block + "self_attn." + name, width, width);
      }
      addLinear(block + "fc1", width, CONFIG.feedForwardWidth());
      addLinear(block + "fc2", CONFIG.feedForwardWidth(), width);
      addNorm(block + "self_attn_layer_norm");
      addNorm(block + "final_layer_norm");
    }
    addNorm("layer_norm");
  }

  private void addNorm(String name) {
    add(1, name + ".weight", CONFIG.width());
    add(0.1, name + ".bias", CONFIG.width());
  }

  private void addLinear(String name, int from, int to) {
    add(0.3, name + ".weight", to, from);
    add(0.1, name + ".bias", to);
  }

  private void add(double range, String name, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-range, range);
    }
    weights.add(name, FloatTensor.of(values, shape));
  }
}
