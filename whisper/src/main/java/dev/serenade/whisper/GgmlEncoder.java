package dev.serenade.whisper;

import dev.serenade.whisper.mel.LogMelGraph;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.GgmlFile;
import dev.serenade.whisper.tensor.GgmlHeader;
import dev.serenade.whisper.tensor.StoredTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import dev.serenade.whisper.tensor.TensorInfo;
import dev.serenade.whisper.tensor.TensorSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The encoder of a whisper.cpp file under its Hugging Face names. Its decoder is passed over.
 *
 * <p>OpenAI's names, which the file keeps, and those of Hugging Face mean the same tensors in the
 * same layout, but for the biases of the convolutions, which whisper.cpp keeps as columns.
 */
final class GgmlEncoder implements TensorSource {

  private static final Pattern BLOCK =
      Pattern.compile("encoder\\.blocks\\.(\\d{1,5})\\.(.+)\\.(weight|bias)");

  private static final Map<String, String> IN_BLOCK =
      Map.of(
          "attn.query", "self_attn.q_proj",
          "attn.key", "self_attn.k_proj",
          "attn.value", "self_attn.v_proj",
          "attn.out", "self_attn.out_proj",
          "attn_ln", "self_attn_layer_norm",
          "mlp.0", "fc1",
          "mlp.2", "fc2",
          "mlp_ln", "final_layer_norm");

  private static final Map<String, String> OUTSIDE =
      Map.of(
          "encoder.conv1.weight", "encoder.conv1.weight",
          "encoder.conv1.bias", "encoder.conv1.bias",
          "encoder.conv2.weight", "encoder.conv2.weight",
          "encoder.conv2.bias", "encoder.conv2.bias",
          "encoder.positional_embedding", "encoder.embed_positions.weight",
          "encoder.ln_post.weight", "encoder.layer_norm.weight",
          "encoder.ln_post.bias", "encoder.layer_norm.bias");

  /** Filters are at most 0.026 and kept in 32 bits. */
  private static final double FILTER_TOLERANCE = 1e-5;

  private static final int MOST_BANDS = 1024;

  private final GgmlFile file;

  /** The file's name of each tensor, by that of Hugging Face. */
  private final Map<String, String> nameInFile;

  private GgmlEncoder(GgmlFile file) {
    this.file = file;
    Map<String, String> names = new LinkedHashMap<>();
    file.names().forEach(name -> huggingFaceName(name).ifPresent(ours -> names.put(ours, name)));
    this.nameInFile = Collections.unmodifiableMap(names);
  }

  /**
   * Takes the encoder of a file, which it closes in the end.
   *
   * @throws TensorFormatException if it was made for another front end than Whisper's
   */
  static GgmlEncoder of(GgmlFile file) throws TensorFormatException {
    requireWhisperFilters(file);
    return new GgmlEncoder(file);
  }

  private static void requireWhisperFilters(GgmlFile file) throws TensorFormatException {
    FloatTensor found = file.melFilters();
    int bands = file.header().melBands();
    if (bands < 1 || bands > MOST_BANDS || !isClose(found, LogMelGraph.melFilters(bands))) {
      throw new TensorFormatException(
          "%s: expected Whisper's Mel filters for %d bands, found %s, which differs from them"
              .formatted(file.describe(), bands, found));
    }
  }

  /** Compares filters of shape (bands, bins) with some of shape (bins, bands). */
  private static boolean isClose(FloatTensor found, FloatTensor expected) {
    long bins = expected.shape()[0];
    int bands = (int) expected.shape()[1];
    if (!Arrays.equals(found.shape(), new long[] {bands, bins})) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      float there = found.get((int) (i % bands * bins) + i / bands);
      if (!(Math.abs(there - expected.get(i)) <= FILTER_TOLERANCE)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> huggingFaceName(String name) {
    Matcher block = BLOCK.matcher(name);
    if (block.matches()) {
      return Optional.ofNullable(IN_BLOCK.get(block.group(2)))
          .map(part -> "encoder.layers.%s.%s.%s".formatted(block.group(1), part, block.group(3)));
    }
    return Optional.ofNullable(OUTSIDE.get(name));
  }

  /**
   * Returns the shape that the header gives; the inner width of a block, which it lacks, is that of
   * the first block.
   *
   * @throws TensorFormatException if a number is impossible
   */
  WhisperConfig config() throws TensorFormatException {
    GgmlHeader header = file.header();
    String first = "encoder.blocks.0.mlp.0.weight";
    List<Long> shape = file.info(first).shape();
    try {
      return new WhisperConfig(
          header.width(),
          header.blocks(),
          header.heads(),
          Math.toIntExact(shape.get(0)),
          header.melBands(),
          header.positions());
    } catch (IllegalArgumentException e) {
      throw new TensorFormatException("%s: header: %s".formatted(describe(), e.getMessage()), e);
    }
  }

  @Override
  public Set<String> names() {
    return nameInFile.keySet();
  }

  @Override
  public TensorInfo info(String name) throws TensorFormatException {
    TensorInfo info = file.info(nameInFile(name));
    return new TensorInfo(name, info.type(), shape(name, info.shape()));
  }

  @Override
  public FloatTensor read(String name) throws IOException {
    return stored(name).toFloats();
  }

  @Override
  public StoredTensor stored(String name) throws IOException {
    StoredTensor tensor = file.stored(nameInFile(name));
    return new StoredTensor(tensor.type(), shape(name, tensor.shape()), tensor.bytes());
  }

  private static List<Long> shape(String name, List<Long> inFile) {
    boolean column = name.endsWith(".bias") && inFile.size() == 2 && inFile.get(1) == 1;
    return column ? inFile.subList(0, 1) : inFile;
  }

  private String nameInFile(String name) throws TensorFormatException {
    String found = nameInFile.get(name);
    if (found == null) {
      throw new TensorFormatException("%s: tensor %s is missing".formatted(describe(), name));
    }
    return found;
  }

  @Override
  public String describe() {
    return file.describe();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
