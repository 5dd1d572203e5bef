package dev.serenade.cli.recognizer;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A model file, or the one that comes with Serenade. */
public final class NamedModel {

  /** The name of the one that comes with Serenade. */
  public static final String DEFAULT = "default";

  private static final String IN_MESSAGES = "default model";

  private NamedModel() {}

  /** Returns whether a name is that of a model file rather than of an encoder. */
  public static boolean isOne(String name) {
    return name.equals(DEFAULT) || name.endsWith(".serenade");
  }

  /** Reads a model whole, and compares its parts with their hashes. */
  public static EmotionModel read(String name) throws CannotRunException {
    return read(name, EncoderLocator.create());
  }

  /** Reads a model whole, what is not in its file from where the locator says. */
  public static EmotionModel read(String name, EncoderLocator encoders) throws CannotRunException {
    try {
      if (!name.equals(DEFAULT)) {
        return ModelFile.read(Path.of(name), encoders);
      }
      try (InputStream in = EmotionRecognizer.openDefaultModel()) {
        return ModelFile.read(in, IN_MESSAGES, encoders);
      }
    } catch (NoSuchFileException e) {
      throw new CannotRunException("no model file " + e.getFile(), e);
    } catch (IOException e) {
      throw new CannotRunException("cannot load the model: " + e.getMessage(), e);
    }
  }

  /** Reads what a model file says of itself, and compares its parts with their hashes. */
  public static ModelDescription describe(String name) throws IOException {
    if (!name.equals(DEFAULT)) {
      return ModelFile.readHead(Path.of(name)).description();
    }
    try (InputStream in = EmotionRecognizer.openDefaultModel()) {
      return ModelFile.readHead(in, IN_MESSAGES).description();
    }
  }
}
