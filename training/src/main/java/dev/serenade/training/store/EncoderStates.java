package dev.serenade.training.store;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.WhisperEncoder;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.Device;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The states of an encoder: one for each 20 ms of a clip, of any of its layers.
 *
 * @param weights which stay open
 * @param window how much silence is heard around a clip
 * @param device what computes; each clip on one thread
 */
public record EncoderStates(EncoderWeights weights, Window window, Device device)
    implements StatesSource {

  @Override
  public int width() {
    return weights.config().width();
  }

  @Override
  public int longestSamples() {
    return weights.config().positions() * Window.SAMPLES_PER_FRAME;
  }

  @Override
  public Session open(SortedSet<Integer> layers) throws IOException {
    WhisperEncoder encoder =
        WhisperEncoder.of(weights, window, layers, new SessionSettings(1).on(device));
    return new Session() {
      @Override
      public SortedMap<Integer, HiddenStates> states(Waveform clip) {
        return encoder.encode(clip).hiddenStates();
      }

      @Override
      public void close() {
        encoder.close();
      }
    };
  }
}
