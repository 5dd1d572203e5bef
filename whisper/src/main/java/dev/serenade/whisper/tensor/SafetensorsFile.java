package dev.serenade.whisper.tensor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One file in the safetensors format: eight bytes of header length, a JSON header that gives each
 * tensor's type, shape and place, then the values, little-endian.
 *
 * <p>A file is memory-mapped tensor by tensor, so it may be larger than 2 GiB and only what is read
 * is loaded. Every offset is checked against the file before it is used.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">The format</a>
 */
public final class SafetensorsFile implements TensorSource {

  /** The largest header accepted, as in the reference implementation. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  /** The key of the header that holds free text rather than a tensor. */
  private static final String METADATA = "__metadata__";

  private record Entry(TensorInfo info, long start, long length) {}

  private static final Comparator<Entry> BY_PLACE =
      Comparator.comparingLong(Entry::start).thenComparingLong(Entry::length);

  @FunctionalInterface
  private interface Bytes {
    ByteBuffer at(long start, long length) throws IOException;
  }

  private final String description;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;
  private final Bytes bytes;
  private final AutoCloseable resource;

  private SafetensorsFile(String description, long size, Bytes bytes, AutoCloseable resource)
      throws IOException {
    this.description = description;
    this.bytes = bytes;
    this.resource = resource;
    if (size < Long.BYTES) {
      throw new TensorFormatException(
          "%s: expected a safetensors file, found only %d bytes".formatted(description, size));
    }
    long headerLength = bytes.at(0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 2 || headerLength > Math.min(MAX_HEADER_BYTES, size - Long.BYTES)) {
      throw new TensorFormatException(
          "%s: expected a safetensors header, found a header length of %d in a file of %d bytes; the file is truncated or of another format"
              .formatted(description, headerLength, size));
    }
    long valuesStart = Long.BYTES + headerLength;
    JsonObject header = header(bytes.at(Long.BYTES, headerLength));
    this.metadata = metadata(header);
    this.entries = entries(header, valuesStart, size);
  }

  /**
   * Opens a file by memory map.
   *
   * @throws TensorFormatException if it is not a safetensors file, or is truncated
   */
  public static SafetensorsFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return new SafetensorsFile(
          file.toString(),
          channel.size(),
          (start, length) -> channel.map(FileChannel.MapMode.READ_ONLY, start, length),
          channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Reads a file that is already in memory.
   *
   * @param name what to call it in messages
   */
  public static SafetensorsFile of(ByteBuffer content, String name) throws IOException {
    ByteBuffer buffer = content.slice();
    return new SafetensorsFile(
        name, buffer.limit(), (start, length) -> buffer.slice((int) start, (int) length), () -> {});
  }

  private JsonObject header(ByteBuffer json) throws TensorFormatException {
    try {
      return JsonParser.parseString(StandardCharsets.UTF_8.decode(json).toString())
          .getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new TensorFormatException(
          "%s: the safetensors header is not a JSON object".formatted(description), e);
    }
  }

  private Map<String, String> metadata(JsonObject header) throws TensorFormatException {
    Map<String, String> result = new LinkedHashMap<>();
    if (header.has(METADATA)) {
      try {
        for (var entry : header.getAsJsonObject(METADATA).entrySet()) {
          result.put(entry.getKey(), entry.getValue().getAsString());
        }
      } catch (RuntimeException e) {
        throw new TensorFormatException(
            "%s: __metadata__ of the header must map text to text".formatted(description), e);
      }
    }
    return Collections.unmodifiableMap(result);
  }

  private Map<String, Entry> entries(JsonObject header, long valuesStart, long size)
      throws TensorFormatException {
    Map<String, Entry> result = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> member : header.entrySet()) {
      if (!member.getKey().equals(METADATA)) {
        result.put(member.getKey(), entry(member.getKey(), member.getValue(), valuesStart, size));
      }
    }
    requireFilled(result.values(), valuesStart, size);
    return Collections.unmodifiableMap(result);
  }

  /** The format has neither gaps nor overlaps, so either one is a sign of damage. */
  private void requireFilled(Collection<Entry> entries, long valuesStart, long size)
      throws TensorFormatException {
    long end = valuesStart;
    for (Entry entry : entries.stream().sorted(BY_PLACE).toList()) {
      if (entry.start() != end) {
        throw new TensorFormatException(
            "%s: tensor %s: expected its values at byte %d, where those before it end, found them at byte %d"
                .formatted(description, entry.info().name(), end, entry.start()));
      }
      end = entry.start() + entry.length();
    }
    if (end != size) {
      throw new TensorFormatException(
          "%s: expected the file to end with its last values at byte %d, found %d bytes"
              .formatted(description, end, size));
    }
  }

  private Entry entry(String name, JsonElement json, long valuesStart, long size)
      throws TensorFormatException {
    try {
      JsonObject object = json.getAsJsonObject();
      for (String member : List.of("dtype", "shape", "data_offsets")) {
        if (!object.has(member)) {
          throw new IllegalArgumentException("the header gives no " + member);
        }
      }
      String typeName = object.get("dtype").getAsString();
      ElementType type =
          ElementType.named(typeName)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "element type %s is not known".formatted(typeName)));
      List<Long> shape = new ArrayList<>();
      object.getAsJsonArray("shape").forEach(dimension -> shape.add(wholeNumber(dimension)));
      JsonArray offsets = object.getAsJsonArray("data_offsets");
      long start = wholeNumber(offsets.get(0));
      long end = wholeNumber(offsets.get(1));
      TensorInfo info = new TensorInfo(name, type, shape);
      long expected = Math.multiplyExact(info.size(), type.bytes());
      if (start < 0 || end < start || end - start != expected) {
        throw new IllegalArgumentException(
            "shape %s of %s takes %d bytes, found offsets %d to %d"
                .formatted(shape, type, expected, start, end));
      }
      if (end > size - valuesStart) {
        throw new IllegalArgumentException(
            "its values end at byte %d, the file at byte %d: the file is truncated"
                .formatted(valuesStart + end, size));
      }
      return new Entry(info, valuesStart + start, end - start);
    } catch (RuntimeException e) {
      throw new TensorFormatException(
          "%s: tensor %s: %s".formatted(description, name, e.getMessage()), e);
    }
  }

  private static long wholeNumber(JsonElement json) {
    return Long.parseLong(json.getAsString());
  }

  /** Returns the free text of the header. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  @Override
  public TensorInfo info(String name) throws TensorFormatException {
    return entry(name).info();
  }

  @Override
  public FloatTensor read(String name) throws IOException {
    Entry entry = entry(name);
    if (!entry.info().type().isFloat()) {
      throw new TensorFormatException(
          "%s: tensor %s: expected floating-point numbers, found %s"
              .formatted(description, name, entry.info().type()));
    }
    if (entry.info().size() > FloatTensor.MAX_SIZE) {
      throw new TensorFormatException(
          "%s: tensor %s: expected at most %d values, found shape %s"
              .formatted(description, name, FloatTensor.MAX_SIZE, entry.info().shape()));
    }
    return stored(name).toFloats();
  }

  @Override
  public StoredTensor stored(String name) throws IOException {
    TensorInfo info = entry(name).info();
    return new StoredTensor(info.type(), info.shape(), rawBytes(name));
  }

  /** Returns the stored bytes of a tensor, read-only, little-endian. */
  public ByteBuffer rawBytes(String name) throws IOException {
    Entry entry = entry(name);
    if (entry.length() == 0) {
      return ByteBuffer.allocate(0);
    }
    return bytes
        .at(entry.start(), entry.length())
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private Entry entry(String name) throws TensorFormatException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new TensorFormatException("%s: tensor %s is missing".formatted(description, name));
    }
    return entry;
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void close() throws IOException {
    try {
      resource.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
