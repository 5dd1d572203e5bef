package dev.serenade.training.store;

import dev.serenade.training.Features;
import java.nio.ShortBuffer;
import java.util.List;

/** Features that lie in the store; reading a clip copies it from the memory map. */
final class StoredFeatures implements Features {

  private final int layerWidth;
  private final int layers;
  private final List<List<StoredStates>> clips;

  /**
   * Makes features.
   *
   * @param layerWidth D, the encoder's width
   * @param layers N, how many there are
   * @param clips the layers of each clip, in the order in which they lie side by side
   */
  StoredFeatures(int layerWidth, int layers, List<List<StoredStates>> clips) {
    this.layerWidth = layerWidth;
    this.layers = layers;
    this.clips = List.copyOf(clips);
  }

  @Override
  public int width() {
    return layers * layerWidth;
  }

  @Override
  public int clips() {
    return clips.size();
  }

  @Override
  public int frames(int clip) {
    return clips.get(clip).get(0).frames();
  }

  @Override
  public void copyTo(int clip, ShortBuffer target) {
    List<StoredStates> states = clips.get(clip);
    if (layers == 1) {
      target.put(states.get(0).halves().duplicate());
      return;
    }
    for (int frame = 0; frame < frames(clip); frame++) {
      for (StoredStates layer : states) {
        target.put(layer.halves().slice(frame * layerWidth, layerWidth));
      }
    }
  }
}
