package dev.serenade.recognition.text;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.decoder.DecodedTokens;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was decoded last, by its sound, so that who asks for the same again need not wait. Safe for
 * use by many threads at once.
 */
final class RecentDecodings {

  /**
   * Three minutes: a piece of a long recording is scored up to a minute after its words are
   * written, with a timeline's windows, twice as much sound, in between.
   */
  private static final long MOST_SAMPLES = 180L * Waveform.SAMPLE_RATE_HZ;

  /** The states of a clip take 1 MB at worst with Whisper base. */
  private static final int MOST_CLIPS = 64;

  private final long mostSamples;

  /** Guarded by this, as is what follows; the oldest first. */
  private final Map<Waveform, DecodedTokens> bySound = new LinkedHashMap<>();

  private long samples;

  private RecentDecodings(long mostSamples) {
    this.mostSamples = mostSamples;
  }

  static RecentDecodings none() {
    return new RecentDecodings(0);
  }

  static RecentDecodings ofMinutes() {
    return new RecentDecodings(MOST_SAMPLES);
  }

  /** Returns whether anything is ever remembered. */
  boolean remembers() {
    return mostSamples > 0;
  }

  /** Returns what is remembered of a clip; if nothing is, decodes it and remembers that. */
  DecodedTokens get(Waveform clip, Function<Waveform, DecodedTokens> decode) {
    if (!remembers()) {
      return decode.apply(clip);
    }
    Optional<DecodedTokens> known = known(clip);
    if (known.isPresent()) {
      return known.get();
    }
    // Outside the lock, so that others can decode meanwhile.
    DecodedTokens decoded = decode.apply(clip);
    remember(clip, decoded);
    return decoded;
  }

  private synchronized Optional<DecodedTokens> known(Waveform clip) {
    return Optional.ofNullable(bySound.get(clip));
  }

  private synchronized void remember(Waveform clip, DecodedTokens decoded) {
    if (bySound.putIfAbsent(clip, decoded) == null) {
      samples += clip.length();
    }
    Iterator<Waveform> oldest = bySound.keySet().iterator();
    while (samples > mostSamples || bySound.size() > MOST_CLIPS) {
      samples -= oldest.next().length();
      oldest.remove();
    }
  }
}
