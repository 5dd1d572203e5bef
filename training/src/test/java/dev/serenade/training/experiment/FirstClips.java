package dev.serenade.training.experiment;

import dev.serenade.training.Features;
import java.nio.ShortBuffer;

/** The first clips of other features. */
record FirstClips(Features all, int clips) implements Features {

  @Override
  public int width() {
    return all.width();
  }

  @Override
  public int frames(int clip) {
    return all.frames(clip);
  }

  @Override
  public void copyTo(int clip, ShortBuffer target) {
    all.copyTo(clip, target);
  }
}
