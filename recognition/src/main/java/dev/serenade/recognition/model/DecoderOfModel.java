package dev.serenade.recognition.model;

import dev.serenade.recognition.text.TextDescription;
import dev.serenade.recognition.text.TokenStates;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;

/** The whole Whisper that a model was trained with to go by words too; no model file holds it. */
final class DecoderOfModel {

  private DecoderOfModel() {}

  /**
   * Finds it by its name, or where the locator says that it is.
   *
   * @param name of the model, for messages
   * @throws FileNotFoundException if there is none, or a file of it is missing
   * @throws ModelFormatException if it is another, or cannot be used
   */
  static TokenStates find(TextDescription text, String name, EncoderLocator whispers)
      throws IOException {
    try {
      Path folder = whispers.locate(whispers.decoder().orElse(text.decoder()));
      TokenStates states = TokenStates.of(folder, text.language());
      if (!states.sha256().equals(text.sha256())) {
        throw new ModelFormatException(
            "%s: trained with the decoder of %s with SHA-256 %s, found one with %s in %s; %s"
                .formatted(
                    name, text.decoder(), text.sha256(), states.sha256(), folder, howToGet(text)));
      }
      return states;
    } catch (FileNotFoundException e) {
      throw (FileNotFoundException) new FileNotFoundException(message(text, name, e)).initCause(e);
    } catch (ModelFormatException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelFormatException(message(text, name, e), e);
    }
  }

  private static String message(TextDescription text, String name, Exception cause) {
    return "%s: goes by words too, which takes the decoder of %s: %s; %s"
        .formatted(name, text.decoder(), cause.getMessage(), howToGet(text));
  }

  private static String howToGet(TextDescription text) {
    return ("a whole Whisper is needed, the one that the model was trained with: config.json,"
            + " generation_config.json, and model.safetensors with the tensors model.decoder.*;"
            + " get it by: serenade models pull %s; or name its folder by serenade's --transcriber")
        .formatted(EncoderLocator.repositoryOf(text.decoder()));
  }
}
