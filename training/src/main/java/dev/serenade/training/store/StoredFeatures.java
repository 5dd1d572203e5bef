package dev.serenade.training.store;

import dev.serenade.training.Features;
import java.nio.ShortBuffer;
import java.util.List;

/** Features that lie in the store; reading a clip copies it from the memory map. */
final class StoredFeatures implements Features {

  private final int width;
  private final List<StoredStates> clips;

  StoredFeatures(int width, List<StoredStates> clips) {
    this.width = width;
    this.clips = List.copyOf(clips);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int clips() {
    return clips.size();
  }

  @Override
  public int frames(int clip) {
    return clips.get(clip).frames();
  }

  @Override
  public void copyTo(int clip, ShortBuffer target) {
    target.put(clips.get(clip).halves().duplicate());
  }
}
