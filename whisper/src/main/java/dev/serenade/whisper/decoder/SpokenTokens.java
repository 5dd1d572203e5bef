package dev.serenade.whisper.decoder;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Map;

/**
 * What a decoder's attention finds in the tokens so far.
 *
 * @param count how many tokens
 * @param tensors keys and values of each block, by the names of the step's inputs
 */
public record SpokenTokens(int count, Map<String, FloatTensor> tensors) {

  /** Copies the map. */
  public SpokenTokens {
    tensors = Map.copyOf(tensors);
  }
}
