package dev.serenade.whisper.decoder;

import dev.serenade.whisper.tensor.SafetensorsFolder;
import dev.serenade.whisper.tensor.StoredTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import dev.serenade.whisper.tensor.TensorSource;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The weights of a Whisper decoder, by their Hugging Face names.
 *
 * <p>Names may begin with {@code model.decoder.} or {@code decoder.}. Tensors are read when they
 * are asked for.
 */
final class DecoderWeights implements Closeable {

  private static final List<String> PREFIXES = List.of("model.decoder.", "decoder.");
  private static final String EMBEDDING = "embed_tokens.weight";

  private final DecoderConfig config;
  private final TensorSource tensors;
  private final String prefix;

  private DecoderWeights(DecoderConfig config, TensorSource tensors, String prefix) {
    this.config = config;
    this.tensors = tensors;
    this.prefix = prefix;
  }

  /**
   * Opens a Hugging Face Whisper folder.
   *
   * @throws FileNotFoundException if a file of it is missing; the message says which
   * @throws TensorFormatException if it holds no decoder, or is damaged
   */
  static DecoderWeights open(Path folder) throws IOException {
    TensorSource tensors = SafetensorsFolder.open(folder).tensors();
    try {
      String prefix = prefix(tensors);
      return new DecoderWeights(DecoderConfig.read(folder.resolve("config.json")), tensors, prefix);
    } catch (IOException | RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private static String prefix(TensorSource tensors) throws TensorFormatException {
    Set<String> names = tensors.names();
    for (String candidate : PREFIXES) {
      if (names.contains(candidate + EMBEDDING)) {
        return candidate;
      }
    }
    throw new TensorFormatException(
        "%s: expected tensors %s* of a decoder, found none among %d tensors: these are the weights of an encoder alone"
            .formatted(tensors.describe(), PREFIXES.get(0), names.size()));
  }

  DecoderConfig config() {
    return config;
  }

  /** Returns a tensor, named as in the decoder, such as {@code layer_norm.weight}. */
  StoredTensor stored(String name, long... shape) throws IOException {
    return tensors.storedFloats(prefix + name, shape);
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
