package dev.serenade.recognition.text;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.speech.SpeechDetector;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.decoder.GreedyDecoding;
import dev.serenade.whisper.decoder.WhisperDecoder;
import java.util.Optional;

/**
 * A decoder that is loaded, and gives {@link TokenStates}. Safe for use by many threads at once.
 */
public final class TokenDecoder implements AutoCloseable {

  private final WhisperDecoder decoder;
  private final GreedyDecoding decoding;
  private final Optional<String> language;

  TokenDecoder(WhisperDecoder decoder, GreedyDecoding decoding, Optional<String> language) {
    this.decoder = decoder;
    this.decoding = decoding;
    this.language = language;
  }

  /**
   * Returns a clip's states, one for each token; at least one.
   *
   * @param clip of at least one sample and at most {@link TokenStates#longestSamples}
   * @throws IllegalStateException if the decoder can pick no token; the message says why
   */
  public HiddenStates states(Waveform clip) {
    return HiddenStates.of(
        hasSpeech(clip)
            ? decoding.decode(clip, language).hiddenStates()
            : decoding.promptState(clip, language));
  }

  private static boolean hasSpeech(Waveform clip) {
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(clip);
    return detector.hasSpeech(0, clip.length());
  }

  @Override
  public void close() {
    decoder.close();
  }
}
