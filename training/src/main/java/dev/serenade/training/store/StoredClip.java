package dev.serenade.training.store;

import java.util.Map;

/**
 * The hidden states of one clip, as they lie on disk.
 *
 * @param layers by layer
 */
public record StoredClip(Map<Integer, StoredStates> layers) {

  /** Copies the map. */
  public StoredClip {
    layers = Map.copyOf(layers);
  }

  /**
   * Returns one layer's states.
   *
   * @throws IllegalArgumentException if that layer was not asked for
   */
  public StoredStates layer(int layer) {
    StoredStates states = layers.get(layer);
    if (states == null) {
      throw new IllegalArgumentException(
          "expected one of the layers %s, found %d".formatted(layers.keySet(), layer));
    }
    return states;
  }
}
