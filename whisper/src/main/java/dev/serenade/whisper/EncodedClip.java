package dev.serenade.whisper;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the encoder gave for one clip.
 *
 * @param logMel its log-Mel spectrogram, over the frames that the encoder was given
 * @param hiddenStates by layer
 */
public record EncodedClip(LogMelSpectrogram logMel, SortedMap<Integer, HiddenStates> hiddenStates) {

  /** Copies the map. */
  public EncodedClip {
    hiddenStates = Collections.unmodifiableSortedMap(new TreeMap<>(hiddenStates));
  }

  /**
   * Returns the states of one layer.
   *
   * @throws IllegalArgumentException if that layer was not asked for
   */
  public HiddenStates layer(int layer) {
    HiddenStates states = hiddenStates.get(layer);
    if (states == null) {
      throw new IllegalArgumentException(
          "expected one of the layers %s, found %d".formatted(hiddenStates.keySet(), layer));
    }
    return states;
  }
}
