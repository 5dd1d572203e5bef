package dev.serenade.training.store;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.EncodedClip;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.WhisperEncoder;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Hidden states straight from the encoder, without a store. */
final class TinyStates {

  private TinyStates() {}

  static EncodedClip of(EncoderWeights weights, Waveform waveform) throws IOException {
    TreeSet<Integer> layers = new TreeSet<>(Set.of(0, 1, 2, 3));
    try (WhisperEncoder encoder =
        WhisperEncoder.of(weights, Window.adaptive(), layers, new SessionSettings(1))) {
      return encoder.encode(waveform);
    }
  }
}
