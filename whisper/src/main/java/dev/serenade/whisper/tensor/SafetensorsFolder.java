package dev.serenade.whisper.tensor;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The weights in the folder of a Hugging Face model: {@code model.safetensors}, or shards of it
 * with {@code model.safetensors.index.json}.
 *
 * @param tensors all of them
 * @param files that hold them
 */
public record SafetensorsFolder(TensorSource tensors, List<Path> files) implements Closeable {

  /** The file of the weights where there is only one. */
  public static final String WEIGHTS = "model.safetensors";

  private static final String INDEX = "model.safetensors.index.json";

  /** Copies the list. */
  public SafetensorsFolder {
    files = List.copyOf(files);
  }

  /** Returns whether a folder holds weights. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(WEIGHTS)) || Files.exists(folder.resolve(INDEX));
  }

  /**
   * Opens the weights of a folder.
   *
   * @throws FileNotFoundException if there are none; the message says what was expected
   * @throws TensorFormatException if a file is damaged
   */
  public static SafetensorsFolder open(Path folder) throws IOException {
    Path single = folder.resolve(WEIGHTS);
    Path index = folder.resolve(INDEX);
    if (Files.isRegularFile(single)) {
      return new SafetensorsFolder(SafetensorsFile.open(single), List.of(single));
    }
    if (Files.isRegularFile(index)) {
      ShardedSafetensors shards = ShardedSafetensors.open(index);
      return new SafetensorsFolder(shards, shards.files());
    }
    throw new FileNotFoundException(
        "%s: expected %s or %s, found neither%s"
            .formatted(
                folder,
                WEIGHTS,
                INDEX,
                Files.exists(folder.resolve("pytorch_model.bin"))
                    ? "; pytorch_model.bin is a pickle, which can run code and is never loaded: save the model with safe_serialization=True (docs/encoders.md says how)"
                    : ""));
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
