package dev.serenade.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A user's changes to the table of labels, as YAML: one line a label, to a class or to {@code
 * drop}.
 *
 * <pre>
 * excited: happy
 * calm: neutral
 * other: drop
 * </pre>
 */
public final class LabelsFile {

  private LabelsFile() {}

  /**
   * Reads the changes; see {@link EmotionLabels#with}.
   *
   * @throws ManifestFormatException if the file is not a mapping from labels to classes
   */
  public static Map<String, String> read(Path file) throws IOException, ManifestFormatException {
    Object content;
    try {
      Load load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      content = load.loadFromString(Files.readString(file, StandardCharsets.UTF_8));
    } catch (YamlEngineException e) {
      throw new ManifestFormatException(file, "YAML expected: " + e.getMessage());
    }
    if (!(content instanceof Map<?, ?> mapping)) {
      throw new ManifestFormatException(
          file, "lines such as \"excited: happy\" expected, found " + content);
    }
    Map<String, String> changes = new LinkedHashMap<>();
    for (Map.Entry<?, ?> change : mapping.entrySet()) {
      if (!isName(change.getKey()) || !isName(change.getValue())) {
        throw new ManifestFormatException(
            file, "a label and a class expected, found \"%s\"".formatted(change));
      }
      changes.put(change.getKey().toString(), change.getValue().toString());
    }
    return changes;
  }

  /** A code such as {@code 3} reads as a number, which will do as a name. */
  private static boolean isName(Object value) {
    return (value instanceof String || value instanceof Number || value instanceof Boolean)
        && !value.toString().isBlank();
  }
}
