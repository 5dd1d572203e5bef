package dev.serenade.recognition;

import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.recognition.model.ModelDescription;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models with random weights, small enough to make anew in every test. */
public final class TinyModels {

  private static final WhisperConfig CONFIG = new WhisperConfig(16, 2, 2, 24, 80, 1500);
  private static final int BLOCKS_USED = 1;

  private TinyModels() {}

  public static EmotionModel random(Pooling pooling, Window window, long seed) throws IOException {
    return random(new SingleLayer(BLOCKS_USED), pooling, window, seed);
  }

  public static EmotionModel random(LayerFusion fusion, Pooling pooling, Window window, long seed)
      throws IOException {
    Random random = new Random(seed);
    EncoderWeights encoder = EncoderWeights.of(CONFIG, encoderTensors(random));
    HeadSpec spec = HeadSpec.of(fusion, CONFIG.width(), pooling, 3);
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      parameters.put(parameter.name(), random(random, 0.3f, parameter.dimensions()));
    }
    return new EmotionModel(
        new ModelDescription(
            List.of("angry", "happy", "sad"),
            new EncoderIdentity("tiny-random", "0".repeat(64), CONFIG),
            window,
            spec,
            1.5,
            Map.of("seed", Long.toString(seed)),
            List.of("random weights, no licence needed")),
        Head.of(spec, parameters),
        encoder);
  }

  private static SafetensorsFile encoderTensors(Random random) throws IOException {
    int d = CONFIG.width();
    int inner = CONFIG.feedForwardWidth();
    // Float16 cannot hold every float32; values that it can hold survive a model file unchanged.
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F16);
    writer.add("conv1.weight", random(random, 0.2f, d, CONFIG.melBands(), 3));
    writer.add("conv1.bias", random(random, 0.1f, d));
    writer.add("conv2.weight", random(random, 0.2f, d, d, 3));
    writer.add("conv2.bias", random(random, 0.1f, d));
    writer.add("embed_positions.weight", random(random, 0.1f, CONFIG.positions(), d));
    for (int block = 0; block < BLOCKS_USED; block++) {
      String name = "layers." + block + ".";
      for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
        writer.add(name + "self_attn." + projection + ".weight", random(random, 0.3f, d, d));
        if (!projection.equals("k_proj")) {
          writer.add(name + "self_attn." + projection + ".bias", random(random, 0.1f, d));
        }
      }
      for (String norm : List.of("self_attn_layer_norm", "final_layer_norm")) {
        writer.add(name + norm + ".weight", random(random, 1f, d));
        writer.add(name + norm + ".bias", random(random, 0.1f, d));
      }
      writer.add(name + "fc1.weight", random(random, 0.3f, inner, d));
      writer.add(name + "fc1.bias", random(random, 0.1f, inner));
      writer.add(name + "fc2.weight", random(random, 0.3f, d, inner));
      writer.add(name + "fc2.bias", random(random, 0.1f, d));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(bytes);
    return SafetensorsFile.of(ByteBuffer.wrap(bytes.toByteArray()), "tiny random encoder");
  }

  private static FloatTensor random(Random random, float deviation, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian() * deviation;
    }
    return FloatTensor.of(values, shape);
  }
}
