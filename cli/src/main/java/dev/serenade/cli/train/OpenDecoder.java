package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.recognizer.WholeWhisper;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.training.store.DecoderStates;
import dev.serenade.training.store.StoreIdentity;
import dev.serenade.whisper.onnx.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Whisper whose decoder's states heads are trained on.
 *
 * @param name by which it is found again
 * @param states of its decoder
 */
record OpenDecoder(String name, DecoderStates states) {

  /**
   * Finds a whole Whisper by its folder or name.
   *
   * @throws IllegalArgumentException if it does not know the language
   */
  static OpenDecoder of(String name, Optional<String> language, Device device)
      throws CannotRunException {
    EncoderLocator models = EncoderLocator.create();
    try {
      Path folder = models.locate(name);
      return new OpenDecoder(models.nameFor(folder), DecoderStates.of(folder, language, device));
    } catch (IOException e) {
      throw WholeWhisper.cannotTranscribe(name, e);
    }
  }

  /** Returns where the store keeps its states. */
  StoreIdentity identity() {
    return StoreIdentity.ofDecoder(name, states.sha256(), states.language());
  }

  /** Returns the only layer that there are states of. */
  LayerFusion layer() {
    return new SingleLayer(states.layer());
  }
}
