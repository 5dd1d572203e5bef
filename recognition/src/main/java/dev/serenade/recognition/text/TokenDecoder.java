package dev.serenade.recognition.text;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.speech.SpeechDetector;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.decoder.DecodedTokens;
import dev.serenade.whisper.decoder.GreedyDecoding;
import dev.serenade.whisper.decoder.WhisperDecoder;
import dev.serenade.whisper.decoder.WindowDecoding;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A decoder that is loaded, and gives {@link TokenStates}, and the tokens themselves to who asks.
 * Safe for use by many threads at once.
 */
public final class TokenDecoder implements WindowDecoding, AutoCloseable {

  private final TokenStates source;
  private final WhisperDecoder decoder;
  private final GreedyDecoding decoding;
  private final RecentDecodings recent;
  private final AtomicLong decodings = new AtomicLong();

  TokenDecoder(
      TokenStates source, WhisperDecoder decoder, GreedyDecoding decoding, RecentDecodings recent) {
    this.source = source;
    this.decoder = decoder;
    this.decoding = decoding;
    this.recent = recent;
  }

  /** Returns which states it gives. */
  public TokenStates source() {
    return source;
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
            ? decodeAsForStates(clip).hiddenStates()
            : decoding.promptState(clip, source.language()));
  }

  private static boolean hasSpeech(Waveform clip) {
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(clip);
    return detector.hasSpeech(0, clip.length());
  }

  private DecodedTokens decodeAsForStates(Waveform clip) {
    return recent.get(clip, sound -> decodeAnew(sound, source.language()));
  }

  private DecodedTokens decodeAnew(Waveform window, Optional<String> language) {
    decodings.incrementAndGet();
    return decoding.decode(window, language);
  }

  @Override
  public int longestSamples() {
    return source.longestSamples();
  }

  /**
   * Decodes a window of sound, in one go with its states if it remembers: where the language is the
   * one that they are of, told or found out.
   */
  @Override
  public DecodedTokens decode(Waveform window, Optional<String> language) {
    if (language.equals(source.language())) {
      return decodeAsForStates(window);
    }
    if (source.language().isEmpty() && recent.remembers()) {
      DecodedTokens found = decodeAsForStates(window);
      if (found.language().equals(language)) {
        return found;
      }
    }
    return decodeAnew(window, language);
  }

  /** Returns how many windows have been decoded so far; those that were remembered do not count. */
  public long decodings() {
    return decodings.get();
  }

  @Override
  public void close() {
    decoder.close();
  }
}
