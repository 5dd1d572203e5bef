package dev.serenade.whisper.tensor;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes tensors in the safetensors format, in the order of their names, so that equal content
 * gives equal bytes.
 */
public final class SafetensorsWriter {

  private final ElementType type;
  private final SortedMap<String, FloatTensor> tensors = new TreeMap<>();
  private final SortedMap<String, String> metadata = new TreeMap<>();

  /**
   * Makes a writer.
   *
   * @param type how elements are stored: F32, or F16, rounded to nearest
   */
  public SafetensorsWriter(ElementType type) {
    if (type != ElementType.F32 && type != ElementType.F16) {
      throw new IllegalArgumentException("tensors are written as F32 or F16, found " + type);
    }
    this.type = type;
  }

  /** Adds a tensor. */
  public SafetensorsWriter add(String name, FloatTensor tensor) {
    tensors.put(name, tensor);
    return this;
  }

  /** Adds tensors by name. */
  public SafetensorsWriter addAll(Map<String, FloatTensor> named) {
    tensors.putAll(named);
    return this;
  }

  /** Adds free text to the header. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Writes everything to a stream, which stays open. */
  public void write(OutputStream target) throws IOException {
    OutputStream out = new BufferedOutputStream(target);
    byte[] header = header();
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    for (FloatTensor tensor : tensors.values()) {
      out.write(encode(tensor));
    }
    out.flush();
  }

  private byte[] header() {
    JsonObject header = new JsonObject();
    if (!metadata.isEmpty()) {
      JsonObject text = new JsonObject();
      metadata.forEach(text::addProperty);
      header.add("__metadata__", text);
    }
    long offset = 0;
    for (var tensor : tensors.entrySet()) {
      long end = offset + (long) tensor.getValue().size() * type.bytes();
      JsonArray shape = new JsonArray();
      for (long dimension : tensor.getValue().shape()) {
        shape.add(dimension);
      }
      JsonArray offsets = new JsonArray();
      offsets.add(offset);
      offsets.add(end);
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", type.name());
      entry.add("shape", shape);
      entry.add("data_offsets", offsets);
      header.add(tensor.getKey(), entry);
      offset = end;
    }
    String json = header.toString();
    // Spaces at the end keep the values aligned, as the format recommends.
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] encode(FloatTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer values = tensor.values();
    if (type == ElementType.F32) {
      bytes.asFloatBuffer().put(values);
    } else {
      while (values.hasRemaining()) {
        bytes.putShort(Float16.fromFloat(values.get()));
      }
    }
    return bytes.array();
  }
}
