package dev.serenade.recognition.head;

import java.util.List;
import java.util.TreeSet;

/** What the fusions of several layers share. */
final class SeveralLayers {

  private SeveralLayers() {}

  /** Returns a copy of layers that are in ascending order, all different, two or more. */
  static List<Integer> checked(String kind, List<Integer> layers) {
    if (layers.size() < 2 || !List.copyOf(new TreeSet<>(layers)).equals(layers)) {
      throw new IllegalArgumentException(
          "%s: expected two layers or more, each once, in ascending order, found %s"
              .formatted(kind, layers));
    }
    return List.copyOf(layers);
  }
}
