package dev.serenade.speed;

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
import java.util.List;
import java.util.SplittableRandom;

/** An encoder of random weights that hears 1.2 s, with an untrained head. */
final class TinySubject {

  static final WhisperConfig CONFIG = new WhisperConfig(16, 2, 2, 32, 80, 60);

  private final SplittableRandom random = new SplittableRandom(5);
  private final SafetensorsWriter weights = new SafetensorsWriter(ElementType.F32);

  private TinySubject() {}

  static Subject create(Window window) throws IOException {
    return Subject.untrained("tiny", new TinySubject().encoder(), window);
  }

  private EncoderWeights encoder() throws IOException {
    int width = CONFIG.width();
    add("embed_positions.weight", CONFIG.positions(), width);
    add("conv1.weight", width, CONFIG.melBands(), 3);
    add("conv1.bias", width);
    add("conv2.weight", width, width, 3);
    add("conv2.bias", width);
    addNorm("layer_norm");
    for (int block = 0; block < CONFIG.blocks(); block++) {
      String name = "layers." + block + ".";
      for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
        addLinear(name + "self_attn." + projection, width, width);
      }
      addLinear(name + "fc1", width, CONFIG.feedForwardWidth());
      addLinear(name + "fc2", CONFIG.feedForwardWidth(), width);
      addNorm(name + "self_attn_layer_norm");
      addNorm(name + "final_layer_norm");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    weights.write(bytes);
    return EncoderWeights.of(
        CONFIG, SafetensorsFile.of(ByteBuffer.wrap(bytes.toByteArray()), "tiny"));
  }

  private void addLinear(String name, int from, int to) {
    add(name + ".weight", to, from);
    add(name + ".bias", to);
  }

  private void addNorm(String name) {
    add(name + ".weight", CONFIG.width());
    add(name + ".bias", CONFIG.width());
  }

  private void add(String name, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (0.4 * random.nextDouble() - 0.2);
    }
    weights.add(name, FloatTensor.of(values, shape));
  }
}
