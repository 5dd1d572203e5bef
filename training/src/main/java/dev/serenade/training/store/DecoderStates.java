package dev.serenade.training.store;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.text.TokenDecoder;
import dev.serenade.recognition.text.TokenStates;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.onnx.Device;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The {@link TokenStates} of a decoder, to be stored: one layer, its last, and a row for each
 * token.
 *
 * @param tokens which states
 * @param device what computes; each clip on one thread
 */
public record DecoderStates(TokenStates tokens, Device device) implements StatesSource {

  /**
   * Looks at the whole Whisper of a Hugging Face folder.
   *
   * @param language what is spoken, such as {@code en}; empty to find out clip by clip. A model of
   *     English alone takes {@code en} or nothing
   * @throws FileNotFoundException if a file is missing; the message says which
   * @throws TensorFormatException if a file is damaged, or there are no weights of a decoder
   * @throws IllegalArgumentException if the model does not know the language
   */
  public static DecoderStates of(Path folder, Optional<String> language, Device device)
      throws IOException {
    return new DecoderStates(TokenStates.of(folder, language), device);
  }

  /**
   * Returns the SHA-256, in hexadecimal, of all that states depend on besides clip and language.
   */
  public String sha256() {
    return tokens.sha256();
  }

  /** Returns the language that was told; empty if it is found out, or the model has only one. */
  public Optional<String> language() {
    return tokens.language();
  }

  /** Returns the number of the last block, the only layer that there are states of. */
  public int layer() {
    return tokens.layer();
  }

  @Override
  public int width() {
    return tokens.width();
  }

  @Override
  public int longestSamples() {
    return tokens.longestSamples();
  }

  /**
   * Loads encoder and decoder.
   *
   * @param layers {@link #layer} alone
   */
  @Override
  public Session open(SortedSet<Integer> layers) throws IOException {
    if (layers.size() != 1 || layers.first() != layer()) {
      throw new IllegalArgumentException(
          "expected layer %d, the decoder's last, alone, found %s".formatted(layer(), layers));
    }
    return new DecoderSession(layer(), tokens.open(new SessionSettings(1).on(device)));
  }

  private record DecoderSession(int layer, TokenDecoder decoder) implements Session {

    @Override
    public SortedMap<Integer, HiddenStates> states(Waveform clip) throws IOException {
      try {
        return new TreeMap<>(Map.of(layer, decoder.states(clip)));
      } catch (IllegalStateException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      decoder.close();
    }
  }
}
