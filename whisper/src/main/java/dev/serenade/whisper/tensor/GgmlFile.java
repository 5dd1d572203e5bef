package dev.serenade.whisper.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model file of whisper.cpp, under the names it gives its tensors, such as {@code
 * encoder.blocks.0.attn.query.weight}.
 *
 * <p>All numbers are little-endian and of 32 bits: a magic number, eleven numbers on the shape of
 * the model, a matrix of Mel filters, the vocabulary (each entry's length, then its bytes), then
 * the tensors, one after the other: the number of dimensions, the length of the name, the type; the
 * dimensions, the last first; the name; the values. Values are floats of 32 or 16 bits, or
 * quantised as q4_0, q4_1, q5_0, q5_1 or q8_0, which are read as floats.
 *
 * <p>Opening passes over the values; tensors are memory-mapped when asked for. No length is
 * believed before it is compared with that of the file.
 */
public final class GgmlFile implements TensorSource {

  private static final int MAGIC = 0x67676d6c;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_NAME_BYTES = 256;

  /** Of the type of file: thousands count versions of the quantised formats. */
  private static final int VERSION_FACTOR = 1000;

  /**
   * Versions differ in how blocks are laid out; this is the one that has been written since 2023.
   */
  private static final int BLOCK_VERSION = 2;

  private record Entry(TensorInfo info, GgmlType type, long start, long length) {}

  private final FileChannel channel;
  private final String description;
  private final GgmlHeader header;
  private final int blockVersion;
  private final FloatTensor melFilters;
  private final Map<String, Entry> entries;

  private GgmlFile(FileChannel channel, String description) throws IOException {
    this.channel = channel;
    this.description = description;
    GgmlCursor cursor = new GgmlCursor(channel, description);
    int magic = cursor.readInt("magic number");
    if (magic != MAGIC) {
      throw new TensorFormatException(
          "%s: expected a whisper.cpp file with magic number 0x%08x, found 0x%08x"
              .formatted(description, MAGIC, magic));
    }
    int[] numbers = new int[11];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = cursor.readInt("header");
    }
    header = new GgmlHeader(numbers[1], numbers[2], numbers[3], numbers[4], numbers[9]);
    blockVersion = numbers[10] / VERSION_FACTOR;
    melFilters = readMelFilters(cursor);
    skipVocabulary(cursor);
    entries = readEntries(cursor);
  }

  /**
   * Opens a file by memory map.
   *
   * @throws TensorFormatException if it is not a file of whisper.cpp, is truncated, or is quantised
   *     in a way that is not read here; the message says which
   */
  public static GgmlFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      return new GgmlFile(channel, file.toString());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns whether a file begins as those of whisper.cpp do. */
  public static boolean isOne(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(Integer.BYTES);
      return start.length == Integer.BYTES
          && ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
    }
  }

  private FloatTensor readMelFilters(GgmlCursor cursor) throws IOException {
    int bands = cursor.readInt("number of Mel filters");
    int bins = cursor.readInt("length of Mel filters");
    if (bands < 1 || bands > 1024 || bins < 1 || bins > 1 << 14) {
      throw new TensorFormatException(
          "%s: expected a matrix of Mel filters, found one of %d x %d"
              .formatted(description, bands, bins));
    }
    long start = cursor.position();
    cursor.skip((long) bands * bins * Float.BYTES, "Mel filters");
    FloatBuffer values =
        channel
            .map(FileChannel.MapMode.READ_ONLY, start, cursor.position() - start)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    return FloatTensor.wrap(values, bands, bins);
  }

  private void skipVocabulary(GgmlCursor cursor) throws IOException {
    int words = cursor.readInt("size of the vocabulary");
    if (words < 0) {
      throw new TensorFormatException(
          "%s: expected a size of the vocabulary at byte %d, found %d"
              .formatted(description, cursor.position() - Integer.BYTES, words));
    }
    for (int word = 0; word < words; word++) {
      int length = cursor.readInt("length of a word");
      cursor.skip(Integer.toUnsignedLong(length), "a word of the vocabulary");
    }
  }

  private Map<String, Entry> readEntries(GgmlCursor cursor) throws IOException {
    Map<String, Entry> result = new LinkedHashMap<>();
    while (!cursor.atEnd()) {
      long at = cursor.position();
      Entry entry = readEntry(cursor);
      if (result.put(entry.info().name(), entry) != null) {
        throw new TensorFormatException(
            "%s: tensor %s is there twice, the second time at byte %d"
                .formatted(description, entry.info().name(), at));
      }
    }
    return Collections.unmodifiableMap(result);
  }

  private Entry readEntry(GgmlCursor cursor) throws IOException {
    long at = cursor.position();
    int dimensions = cursor.readInt("a tensor's number of dimensions");
    int nameLength = cursor.readInt("a tensor's length of the name");
    int typeCode = cursor.readInt("a tensor's type");
    if (dimensions < 1
        || dimensions > MAX_DIMENSIONS
        || nameLength < 1
        || nameLength > MAX_NAME_BYTES) {
      throw new TensorFormatException(
          "%s: expected a tensor of 1 to %d dimensions and a name of 1 to %d bytes at byte %d, found %d dimensions and %d bytes"
              .formatted(description, MAX_DIMENSIONS, MAX_NAME_BYTES, at, dimensions, nameLength));
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(0, (long) cursor.readInt("a tensor's dimensions"));
    }
    String name =
        new String(cursor.readBytes(nameLength, "a tensor's name"), StandardCharsets.UTF_8);
    GgmlType type = type(typeCode, name);
    long count = count(shape, type, name);
    long start = cursor.position();
    cursor.skip(type.bytes(count), "values of tensor " + name);
    TensorInfo info = new TensorInfo(name, type.plain().orElse(ElementType.F32), shape);
    return new Entry(info, type, start, cursor.position() - start);
  }

  private GgmlType type(int code, String name) throws TensorFormatException {
    GgmlType type =
        GgmlType.of(code)
            .orElseThrow(
                () ->
                    new TensorFormatException(
                        "%s: tensor %s: expected type f32, f16, q4_0, q4_1, q5_0, q5_1 or q8_0, found %s"
                            .formatted(description, name, GgmlType.nameOf(code))));
    if (type.plain().isEmpty() && blockVersion != BLOCK_VERSION) {
      throw new TensorFormatException(
          "%s: tensor %s: expected %s blocks of version %d, found version %d; quantise the model anew"
              .formatted(description, name, type, BLOCK_VERSION, blockVersion));
    }
    return type;
  }

  private long count(List<Long> shape, GgmlType type, String name) throws TensorFormatException {
    long count = 1;
    for (long dimension : shape) {
      // The product of what is accepted here fits 62 bits.
      if (dimension < 1 || count * dimension > FloatTensor.MAX_SIZE) {
        throw new TensorFormatException(
            "%s: tensor %s: expected positive dimensions and at most %d values, found shape %s"
                .formatted(description, name, FloatTensor.MAX_SIZE, shape));
      }
      count *= dimension;
    }
    if (shape.get(shape.size() - 1) % type.blockLength() != 0) {
      throw new TensorFormatException(
          "%s: tensor %s: rows of %s are a multiple of %d values, found shape %s"
              .formatted(description, name, type, type.blockLength(), shape));
    }
    return count;
  }

  /** Returns what the file says of the encoder's shape; not checked. */
  public GgmlHeader header() {
    return header;
  }

  /** Returns the matrix of Mel filters, shape (bands, bins of the spectrum). */
  public FloatTensor melFilters() {
    return melFilters;
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
    return stored(name).toFloats();
  }

  @Override
  public StoredTensor stored(String name) throws IOException {
    Entry entry = entry(name);
    ByteBuffer bytes =
        channel
            .map(FileChannel.MapMode.READ_ONLY, entry.start(), entry.length())
            .order(ByteOrder.LITTLE_ENDIAN);
    TensorInfo info = entry.info();
    if (entry.type().plain().isPresent()) {
      return new StoredTensor(info.type(), info.shape(), bytes);
    }
    ByteBuffer values =
        ByteBuffer.allocateDirect((int) info.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    entry.type().dequantise(bytes, values.asFloatBuffer());
    return new StoredTensor(ElementType.F32, info.shape(), values);
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
    channel.close();
  }
}
