package dev.serenade.recognition.model;

import dev.serenade.whisper.EncoderWeights;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds an encoder by name.
 *
 * <p>A name is a folder, or one of a Hugging Face repository such as {@code openai/whisper-base}
 * ({@code whisper-base} for short), whose files lie in a folder of that name below one root.
 *
 * @param root where encoders are kept
 */
public record EncoderLocator(Path root) {

  private static final String OWNER = "openai/";

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
   * Returns the folder of an encoder.
   *
   * @param nameOrFolder a folder, or a name below the root
   * @throws FileNotFoundException if there is none; the message says which files to put where
   */
  public Path locate(String nameOrFolder) throws FileNotFoundException {
    String shortName =
        nameOrFolder.startsWith(OWNER) ? nameOrFolder.substring(OWNER.length()) : nameOrFolder;
    return Stream.of(Path.of(nameOrFolder), root.resolve(nameOrFolder), root.resolve(shortName))
        .filter(folder -> Files.isRegularFile(folder.resolve("config.json")))
        .findFirst()
        .orElseThrow(
            () ->
                new FileNotFoundException(
                    "encoder %s: not a folder with config.json, and not kept under %s; put config.json and model.safetensors of the Whisper model into %s"
                        .formatted(nameOrFolder, root, root.resolve(shortName))));
  }

  /**
   * Opens an encoder. What it hears in silence is kept in {@code ~/.cache/serenade/silence}.
   *
   * @param nameOrFolder a folder, or a name below the root
   * @throws IOException if there is none, or it is damaged
   */
  public EncoderWeights open(String nameOrFolder) throws IOException {
    Path silence = Path.of(System.getProperty("user.home"), ".cache", "serenade", "silence");
    return EncoderWeights.open(locate(nameOrFolder), silence);
  }

  /** Returns the name by which a folder's encoder is known: the folder's own. */
  public static String nameOf(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }
}
