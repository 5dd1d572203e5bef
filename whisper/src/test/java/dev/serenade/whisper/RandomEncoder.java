package dev.serenade.whisper;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * An encoder of random weights in any shape. All are small multiples of powers of two, which
 * float32, float16 and bfloat16 hold exactly, so one encoder can be written in each of them.
 */
record RandomEncoder(WhisperConfig config, SortedMap<String, FloatTensor> tensors) {

  /** Draws weights for the first blocks of an encoder; the config may speak of more. */
  static RandomEncoder create(WhisperConfig config, int blocks, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SortedMap<String, FloatTensor> tensors = new TreeMap<>();
    shapes(config, blocks)
        .forEach(
            (name, shape) -> tensors.put(name, draw(name.contains("norm.weight"), random, shape)));
    return new RandomEncoder(config, tensors);
  }

  private static Map<String, long[]> shapes(WhisperConfig config, int blocks) {
    long width = config.width();
    long inner = config.feedForwardWidth();
    Map<String, long[]> shapes = new TreeMap<>();
    shapes.put("conv1.weight", new long[] {width, config.melBands(), 3});
    shapes.put("conv1.bias", new long[] {width});
    shapes.put("conv2.weight", new long[] {width, width, 3});
    shapes.put("conv2.bias", new long[] {width});
    shapes.put("embed_positions.weight", new long[] {config.positions(), width});
    for (int block = 0; block < blocks; block++) {
      String name = "layers." + block + ".";
      for (String projection : new String[] {"q_proj", "k_proj", "v_proj", "out_proj"}) {
        shapes.put(name + "self_attn." + projection + ".weight", new long[] {width, width});
        if (!projection.equals("k_proj")) {
          shapes.put(name + "self_attn." + projection + ".bias", new long[] {width});
        }
      }
      shapes.put(name + "fc1.weight", new long[] {inner, width});
      shapes.put(name + "fc1.bias", new long[] {inner});
      shapes.put(name + "fc2.weight", new long[] {width, inner});
      shapes.put(name + "fc2.bias", new long[] {width});
      for (String norm : new String[] {"self_attn_layer_norm", "final_layer_norm"}) {
        shapes.put(name + norm + ".weight", new long[] {width});
        shapes.put(name + norm + ".bias", new long[] {width});
      }
    }
    shapes.put("layer_norm.weight", new long[] {width});
    shapes.put("layer_norm.bias", new long[] {width});
    return shapes;
  }

  private static FloatTensor draw(boolean aroundOne, SplittableRandom random, long... shape) {
    FloatBuffer values = FloatTensor.allocate(shape);
    int fanIn = 4;
    if (shape.length > 1) {
      fanIn = values.capacity() / (int) shape[0];
    }
    float unit = Math.scalb(1f, Math.getExponent(Math.sqrt(3.0 / fanIn)) - 7);
    while (values.hasRemaining()) {
      int steps = random.nextInt(-128, 129);
      values.put(aroundOne ? 1 + (steps >> 2) / 128f : steps * unit);
    }
    return FloatTensor.wrap(values.rewind(), shape);
  }

  /** Returns a copy in which one tensor is another, or is missing. */
  RandomEncoder with(String name, FloatTensor... replacement) {
    SortedMap<String, FloatTensor> changed = new TreeMap<>(tensors);
    changed.remove(name);
    for (FloatTensor tensor : replacement) {
      changed.put(name, tensor);
    }
    return new RandomEncoder(config, changed);
  }

  /** Returns the weights, by way of a file in memory. */
  EncoderWeights weights() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SafetensorsWriter(ElementType.F32).addAll(tensors).write(out);
    return EncoderWeights.of(
        config, SafetensorsFile.of(ByteBuffer.wrap(out.toByteArray()), "random.safetensors"));
  }

  /** Writes a Hugging Face folder, in F32, F16 or BF16, and returns it. */
  Path write(Path folder, ElementType type) throws IOException {
    Files.createDirectories(folder);
    writeConfig(folder);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("model.safetensors")))) {
      writeWeights(type, out);
    }
    return folder;
  }

  void writeConfig(Path folder) throws IOException {
    JsonObject json = config.toJson();
    json.addProperty("model_type", "whisper");
    Files.writeString(folder.resolve("config.json"), json.toString());
  }

  private void writeWeights(ElementType type, OutputStream out) throws IOException {
    if (type != ElementType.BF16) {
      SafetensorsWriter writer = new SafetensorsWriter(type).metadata("format", "pt");
      tensors.forEach((name, tensor) -> writer.add("model.encoder." + name, tensor));
      writer.write(out);
      return;
    }
    JsonObject header = new JsonObject();
    long offset = 0;
    for (var tensor : tensors.entrySet()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", "BF16");
      entry.add("shape", array(tensor.getValue().shape()));
      long end = offset + 2L * tensor.getValue().size();
      entry.add("data_offsets", array(offset, end));
      header.add("model.encoder." + tensor.getKey(), entry);
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .array());
    out.write(json);
    for (FloatTensor tensor : tensors.values()) {
      byte[] bytes = new byte[2 * tensor.size()];
      ByteBuffer target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : tensor.toArray()) {
        target.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
      }
      out.write(bytes);
    }
  }

  private static JsonArray array(long... values) {
    JsonArray array = new JsonArray();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }
}
