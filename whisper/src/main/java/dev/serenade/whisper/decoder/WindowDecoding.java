package dev.serenade.whisper.decoder;

import dev.serenade.audio.Waveform;
import java.util.Optional;

/** A way from windows of sound to tokens. Safe for use by many threads at once. */
public interface WindowDecoding {

  /** Returns the most samples that are heard at once: 30 s. */
  int longestSamples();

  /**
   * Decodes a window of sound.
   *
   * @param language what is spoken, such as {@code en}; empty to find out. Models of English alone
   *     take none
   * @throws IllegalArgumentException if the sound is empty or longer than 30 s, or the model does
   *     not know the language
   * @throws IllegalStateException if no token can be picked; the message says why
   */
  DecodedTokens decode(Waveform window, Optional<String> language);
}
