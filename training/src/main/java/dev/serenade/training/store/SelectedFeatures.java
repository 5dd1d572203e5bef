package dev.serenade.training.store;

import dev.serenade.training.Features;
import java.nio.ShortBuffer;
import java.util.List;

/**
 * Some clips of other features.
 *
 * @param all where they are
 * @param numbers of those that are selected, in order
 */
record SelectedFeatures(Features all, List<Integer> numbers) implements Features {

  SelectedFeatures {
    numbers = List.copyOf(numbers);
  }

  @Override
  public int width() {
    return all.width();
  }

  @Override
  public int clips() {
    return numbers.size();
  }

  @Override
  public int frames(int clip) {
    return all.frames(numbers.get(clip));
  }

  @Override
  public void copyTo(int clip, ShortBuffer target) {
    all.copyTo(numbers.get(clip), target);
  }
}
