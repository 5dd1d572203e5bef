package dev.serenade.whisper;

import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.GgmlFile;
import dev.serenade.whisper.tensor.SafetensorsFolder;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.StoredTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import dev.serenade.whisper.tensor.TensorSource;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The weights of a Whisper encoder, by their Hugging Face names.
 *
 * <p>A folder holds {@code config.json} and {@code model.safetensors}, or shards of it with {@code
 * model.safetensors.index.json}. Names may begin with {@code model.encoder.} (a whole Whisper),
 * {@code encoder.} or nothing (an encoder alone). Instead of a folder there may be a file of
 * whisper.cpp. Tensors are read when they are asked for.
 */
public final class EncoderWeights implements Closeable {

  private static final List<String> PREFIXES = List.of("model.encoder.", "encoder.", "");

  private final WhisperConfig config;
  private final TensorSource tensors;
  private final String prefix;
  private final List<Path> files;
  private final Optional<SilenceMemoryCache> cache;

  /** Guarded by this. */
  private Optional<SilenceMemory> memory = Optional.empty();

  private EncoderWeights(
      WhisperConfig config,
      TensorSource tensors,
      List<Path> files,
      Optional<SilenceMemoryCache> cache)
      throws TensorFormatException {
    this.config = config;
    this.tensors = tensors;
    this.files = files;
    this.cache = cache;
    this.prefix =
        PREFIXES.stream()
            .filter(candidate -> tensors.names().contains(candidate + "conv1.weight"))
            .findFirst()
            .orElseThrow(
                () ->
                    new TensorFormatException(
                        "%s: tensor model.encoder.conv1.weight is missing; these are not the weights of a Whisper encoder"
                            .formatted(tensors.describe())));
  }

  /**
   * Opens a Hugging Face Whisper folder, or a file of whisper.cpp.
   *
   * @throws FileNotFoundException if a file of it is missing; the message says which and where
   * @throws TensorFormatException if a file is damaged or not Whisper's
   */
  public static EncoderWeights open(Path folder) throws IOException {
    return open(folder, Optional.empty());
  }

  /**
   * Opens a Hugging Face Whisper folder, or a file of whisper.cpp.
   *
   * @param cache a folder, made if need be, in which to keep what the encoder hears in silence, for
   *     {@link Window#memory}; without it every process listens anew
   * @throws FileNotFoundException if a file of it is missing; the message says which and where
   * @throws TensorFormatException if a file is damaged or not Whisper's
   */
  public static EncoderWeights open(Path folder, Path cache) throws IOException {
    return open(folder, Optional.of(new SilenceMemoryCache(cache)));
  }

  /**
   * Opens an encoder that was fine-tuned by LoRA: the weights of another, and what is added to
   * them.
   *
   * @param base a Hugging Face Whisper folder, or a file of whisper.cpp
   * @param adapter a folder that PEFT wrote, see {@link #isAdapter}
   * @param cache as for {@link #open(Path, Path)}
   * @throws FileNotFoundException if a file is missing; the message says which and where
   * @throws TensorFormatException if a file is damaged, or the adapter does more than LoRA does
   */
  public static EncoderWeights openAdapted(Path base, Path adapter, Path cache) throws IOException {
    LoraConfig config = LoraConfig.read(adapter);
    EncoderWeights plain = open(base, Optional.empty());
    try {
      LoraEncoder adapted = LoraEncoder.open(plain.tensors, plain.prefix, config, adapter);
      List<Path> files = new ArrayList<>(plain.files);
      files.addAll(LoraConfig.files(adapter));
      return of(plain.config, adapted, files, Optional.of(new SilenceMemoryCache(cache)));
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** Returns whether a folder holds a PEFT adapter rather than a whole model. */
  public static boolean isAdapter(Path folder) {
    return LoraConfig.isIn(folder) && !SafetensorsFolder.isIn(folder);
  }

  /**
   * Returns what an adapter's folder calls the model it was made for: a name such as {@code
   * openai/whisper-small}, or a folder.
   *
   * @throws TensorFormatException if {@code adapter_config.json} is not that of LoRA
   */
  public static String baseOf(Path adapter) throws IOException {
    return LoraConfig.read(adapter).base();
  }

  private static EncoderWeights openGgml(Path file, Optional<SilenceMemoryCache> cache)
      throws IOException {
    GgmlFile opened = GgmlFile.open(file);
    try {
      GgmlEncoder encoder = GgmlEncoder.of(opened);
      return of(encoder.config(), encoder, List.of(file), cache);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private static EncoderWeights open(Path folder, Optional<SilenceMemoryCache> cache)
      throws IOException {
    if (Files.isRegularFile(folder)) {
      return openGgml(folder, cache);
    }
    Path config = folder.resolve("config.json");
    if (!Files.isRegularFile(config)) {
      throw new FileNotFoundException(
          "%s: expected a Whisper folder with config.json and %s, found no config.json"
              .formatted(folder, SafetensorsFolder.WEIGHTS));
    }
    WhisperConfig shape = WhisperConfig.read(config);
    SafetensorsFolder weights = SafetensorsFolder.open(folder);
    return of(shape, weights.tensors(), weights.files(), cache);
  }

  /** Takes weights from any source of tensors. */
  public static EncoderWeights of(WhisperConfig config, TensorSource tensors) throws IOException {
    return of(config, tensors, List.of(), Optional.empty());
  }

  private static EncoderWeights of(
      WhisperConfig config,
      TensorSource tensors,
      List<Path> files,
      Optional<SilenceMemoryCache> cache)
      throws IOException {
    try {
      return new EncoderWeights(config, tensors, files, cache);
    } catch (TensorFormatException e) {
      tensors.close();
      throw e;
    }
  }

  /** Returns the shape of the encoder. */
  public WhisperConfig config() {
    return config;
  }

  /** Returns the files that hold the weights; empty if they are not from a folder. */
  public List<Path> files() {
    return files;
  }

  /**
   * Reads a tensor, named as in the encoder, such as {@code conv1.weight}.
   *
   * @throws TensorFormatException if it is missing or has another shape
   */
  FloatTensor read(String name, long... shape) throws IOException {
    return tensors.read(prefix + name, shape);
  }

  /**
   * Returns a tensor as it is stored, named as in the encoder.
   *
   * @throws TensorFormatException if it is missing, has another shape or does not hold floats
   */
  StoredTensor stored(String name, long... shape) throws IOException {
    return tensors.storedFloats(prefix + name, shape);
  }

  /**
   * Returns what at least the first blocks hear in silence: as the file says it, or the cache, or
   * else by listening.
   */
  synchronized SilenceMemory silenceMemory(int blocks) throws IOException {
    if (memory.isEmpty() || memory.get().blocks() < blocks) {
      memory = Optional.of(findSilenceMemory(blocks));
    }
    return memory.get();
  }

  private SilenceMemory findSilenceMemory(int blocks) throws IOException {
    if (SilenceMemoryTensors.hold(tensors, blocks)) {
      return SilenceMemoryTensors.read(tensors, config, blocks);
    }
    return cache.isPresent()
        ? cache.get().memory(this, blocks)
        : SilenceListener.listen(this, blocks, SessionSettings.create());
  }

  /** Writes what an encoder needs up to one block, without a memory of silence. */
  public void write(int blocks, OutputStream target) throws IOException {
    write(blocks, Window.adaptive(), target);
  }

  /**
   * Writes what an encoder needs up to one block, in float16: 2 bytes a weight. Exact if they come
   * from float16.
   *
   * @param blocks how many blocks to keep; the final LayerNorm is kept only with all of them
   * @param window what it will be used with; for {@link Window#memory}, what the blocks hear in
   *     silence is written as well
   * @throws IllegalArgumentException if the encoder does not have so many
   */
  public void write(int blocks, Window window, OutputStream target) throws IOException {
    if (blocks < 0 || blocks > config.blocks()) {
      throw new IllegalArgumentException(
          "expected from 0 to %d blocks, found %d".formatted(config.blocks(), blocks));
    }
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F16);
    for (String name : tensors.names()) {
      if (name.startsWith(prefix) && isNeeded(name.substring(prefix.length()), blocks)) {
        writer.add(name.substring(prefix.length()), tensors.read(name));
      }
    }
    if (window.mode() == Window.Mode.MEMORY) {
      writer.addAll(SilenceMemoryTensors.of(silenceMemory(blocks), blocks));
    }
    writer.write(target);
  }

  private boolean isNeeded(String name, int blocks) {
    if (name.startsWith("layers.")) {
      return Integer.parseInt(name.substring(7, name.indexOf('.', 7))) < blocks;
    }
    return name.startsWith("conv")
        || name.startsWith("embed_positions.")
        || (name.startsWith("layer_norm.") && blocks == config.blocks());
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
