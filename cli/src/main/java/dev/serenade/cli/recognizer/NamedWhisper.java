package dev.serenade.cli.recognizer;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import java.util.Optional;

/**
 * The whole Whisper that a user has named for a model that goes by words; if none, the model's own
 * name for it counts.
 *
 * @param name a folder, or a name as for {@code --encoder}
 */
public record NamedWhisper(Optional<String> name) {

  /** Returns a locator that takes it. */
  public EncoderLocator locator() {
    EncoderLocator kept = EncoderLocator.create();
    return name.map(kept::withDecoder).orElse(kept);
  }

  /** Refuses a name that a model, which goes by the sound alone, has no use for. */
  public void requireUse(ModelDescription model) throws CannotRunException {
    if (name.isPresent() && model.text().isEmpty()) {
      throw new CannotRunException(
          "--transcriber: expected a model that goes by words, found one that goes by the sound"
              + " alone");
    }
  }
}
