package dev.serenade.training.store;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.HiddenStates;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;

/** A part of a Whisper, which gives the hidden states of clips. */
public interface StatesSource {

  /** Returns D, the width of a layer. */
  int width();

  /** Returns how many samples of a clip are heard at most. */
  int longestSamples();

  /**
   * Loads what it takes, which is done only if the store lacks a clip.
   *
   * @param layers whose states are wanted
   * @throws IOException if it cannot be loaded
   */
  Session open(SortedSet<Integer> layers) throws IOException;

  /** A source that is loaded. Safe for use by many threads at once. */
  interface Session extends AutoCloseable {

    /**
     * Returns a clip's states, by layer; at least one frame or token.
     *
     * @param clip of at least one sample and at most {@link #longestSamples}
     * @throws IOException if this clip has none; the message says why
     */
    SortedMap<Integer, HiddenStates> states(Waveform clip) throws IOException;

    @Override
    void close();
  }
}
