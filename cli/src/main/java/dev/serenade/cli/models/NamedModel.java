package dev.serenade.cli.models;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A model file, or the one that comes with Serenade. */
final class NamedModel {

  /** The name of the one that comes with Serenade. */
  static final String DEFAULT = "default";

  private NamedModel() {}

  /** Returns whether a name is that of a model file rather than of an encoder. */
  static boolean isOne(String name) {
    return name.equals(DEFAULT) || name.endsWith(".serenade");
  }

  /** Reads what a model file says of itself, and compares its parts with their hashes. */
  static ModelDescription read(String name) throws IOException {
    if (!name.equals(DEFAULT)) {
      return ModelFile.readHead(Path.of(name)).description();
    }
    try (InputStream in = EmotionRecognizer.openDefaultModel()) {
      return ModelFile.readHead(in, "default model").description();
    }
  }
}
