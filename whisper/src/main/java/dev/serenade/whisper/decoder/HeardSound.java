package dev.serenade.whisper.decoder;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Map;

/**
 * What a decoder's attention finds in one window of sound.
 *
 * @param tensors keys and values of each block, by the names of the step's inputs, outside the Java
 *     heap, where ONNX Runtime reads them in place
 */
public record HeardSound(Map<String, FloatTensor> tensors) {

  /** Copies the map. */
  public HeardSound {
    tensors = Map.copyOf(tensors);
  }
}
