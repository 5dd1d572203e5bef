package dev.serenade.evaluation.figure;

import java.util.List;

/**
 * Where in a clip a model attended.
 *
 * @param clip the clip's name
 * @param actual its label
 * @param predicted what the model said
 * @param frameSeconds the length of a frame
 * @param heads for each head a weight for each frame; a head's weights sum to 1
 * @param loudness the root mean square of each frame, drawn behind the weights; may be empty
 */
public record AttentionTrace(
    String clip,
    String actual,
    String predicted,
    double frameSeconds,
    List<List<Double>> heads,
    List<Double> loudness) {

  public AttentionTrace {
    heads = heads.stream().map(List::copyOf).toList();
    loudness = List.copyOf(loudness);
    if (heads.isEmpty() || heads.get(0).size() < 2) {
      throw new IllegalArgumentException(
          "%s: expected at least one head with two frames or more, found %d heads"
              .formatted(clip, heads.size()));
    }
    int frames = heads.get(0).size();
    if (heads.stream().anyMatch(head -> head.size() != frames)
        || !(loudness.isEmpty() || loudness.size() == frames)) {
      throw new IllegalArgumentException(
          "%s: expected %d frames in every head and in the loudness, found %s and %d"
              .formatted(clip, frames, heads.stream().map(List::size).toList(), loudness.size()));
    }
  }

  /** Returns how many frames there are. */
  public int frames() {
    return heads.get(0).size();
  }
}
