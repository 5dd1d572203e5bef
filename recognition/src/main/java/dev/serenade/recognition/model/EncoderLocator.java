package dev.serenade.recognition.model;

import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds an encoder by name, and the whole Whisper of a model that goes by words too.
 *
 * <p>A name is a folder, or one of a Hugging Face repository such as {@code openai/whisper-base}
 * ({@code whisper-base} for short), whose files lie in a folder of that name below one root. A
 * folder holds a Whisper model, or a LoRA adapter of one that is found in the same way. A file of
 * whisper.cpp, such as {@code ggml-base.bin}, may stand in place of a folder.
 *
 * @param root where encoders are kept
 * @param decoder the folder or name of the Whisper that models go by words with; empty for the name
 *     that each model gives
 */
public record EncoderLocator(Path root, Optional<String> decoder) {

  private static final String OWNER = "openai/";

  /** What can be a repository's name, with or without its owner, and not a path. */
  private static final Pattern REPOSITORY =
      Pattern.compile("(?:\\w[\\w.-]*/)?\\w[\\w.-]*(?<!\\.bin)");

  /** Makes a locator that finds the Whisper of a model by the name that the model gives. */
  public EncoderLocator(Path root) {
    this(root, Optional.empty());
  }

  /**
   * Returns one that takes this Whisper for models that go by words, wherever it was when they were
   * trained.
   *
   * @param nameOrFolder a folder, or a name below the root
   */
  public EncoderLocator withDecoder(String nameOrFolder) {
    return new EncoderLocator(root, Optional.of(nameOrFolder));
  }

  /**
   * Returns a locator over the folder that the environment variable {@code SERENADE_ENCODERS}
   * names, or else {@code ~/.cache/serenade/encoders}.
   */
  public static EncoderLocator create() {
    return of(System.getenv());
  }

  static EncoderLocator of(Map<String, String> environment) {
    String configured = environment.getOrDefault("SERENADE_ENCODERS", "");
    return new EncoderLocator(
        configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache", "serenade", "encoders")
            : Path.of(configured));
  }

  /**
   * Returns the folder of an encoder, or its file if it is one of whisper.cpp.
   *
   * @param nameOrFolder a folder or file, or a name below the root
   * @throws FileNotFoundException if there is none; the message says which files to put where
   */
  public Path locate(String nameOrFolder) throws FileNotFoundException {
    return Stream.of(
            Path.of(nameOrFolder), root.resolve(nameOrFolder), root.resolve(keptAs(nameOrFolder)))
        .filter(EncoderLocator::isEncoder)
        .findFirst()
        .orElseThrow(
            () ->
                new FileNotFoundException(
                    "encoder %s: not a folder with config.json, and not kept under %s; %sput config.json and model.safetensors of the Whisper model into %s"
                        .formatted(
                            nameOrFolder,
                            root,
                            howToPull(nameOrFolder),
                            root.resolve(keptAs(nameOrFolder)))));
  }

  private static boolean isEncoder(Path path) {
    return Files.isRegularFile(path)
        || Files.isRegularFile(path.resolve("config.json"))
        || EncoderWeights.isAdapter(path);
  }

  /** Returns the name below the root under which a repository is kept. */
  public static String keptAs(String name) {
    return name.startsWith(OWNER) ? name.substring(OWNER.length()) : name;
  }

  private static String howToPull(String name) {
    if (!REPOSITORY.matcher(name).matches()) {
      return "";
    }
    return "run serenade models pull %s, or ".formatted(repositoryOf(name));
  }

  /** Returns the name of the repository that a name is short for. */
  static String repositoryOf(String name) {
    return name.contains("/") ? name : OWNER + name;
  }

  /**
   * Opens an encoder. What it hears in silence is kept in {@code ~/.cache/serenade/silence}.
   *
   * @param nameOrFolder a folder or file, or a name below the root
   * @throws IOException if there is none, or it is damaged
   */
  public EncoderWeights open(String nameOrFolder) throws IOException {
    Path silence = Path.of(System.getProperty("user.home"), ".cache", "serenade", "silence");
    Path found = locate(nameOrFolder);
    if (!EncoderWeights.isAdapter(found)) {
      return EncoderWeights.open(found, silence);
    }
    Path base = base(found);
    if (EncoderWeights.isAdapter(base)) {
      throw new TensorFormatException(
          "%s: expected a whole model as the base of an adapter, found another adapter, %s"
              .formatted(found, base));
    }
    return EncoderWeights.openAdapted(base, found, silence);
  }

  private Path base(Path adapter) throws IOException {
    try {
      return locate(EncoderWeights.baseOf(adapter));
    } catch (FileNotFoundException e) {
      throw (FileNotFoundException)
          new FileNotFoundException(
                  "%s adapts another model: %s".formatted(adapter, e.getMessage()))
              .initCause(e);
    }
  }

  /**
   * Returns the name by which an encoder is found again: its place below the root, or else the
   * folder's own name.
   */
  public String nameFor(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    Path base = root.toAbsolutePath().normalize();
    return absolute.startsWith(base) && !absolute.equals(base)
        ? base.relativize(absolute).toString().replace('\\', '/')
        : nameOf(folder);
  }

  /** Returns the name by which a folder's encoder is known: the folder's own. */
  public static String nameOf(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }
}
