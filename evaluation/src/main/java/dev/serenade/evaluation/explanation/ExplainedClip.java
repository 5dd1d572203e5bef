package dev.serenade.evaluation.explanation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the score of one clip's likeliest emotion as the clip was taken away.
 *
 * @param clip its name
 * @param speaker its speaker
 * @param uniformity of its attention, in (0, 1]; 1 where all frames weigh the same
 * @param byExplanation by the name of the explanation; one that has no order here is left out
 * @param random the curves of random orders, at least one; the n-th of each clip is of the n-th
 *     seed
 */
public record ExplainedClip(
    String clip,
    String speaker,
    double uniformity,
    Map<String, OrderedRemoval> byExplanation,
    List<RemovalCurve> random) {

  public ExplainedClip {
    byExplanation = Collections.unmodifiableMap(new LinkedHashMap<>(byExplanation));
    random = List.copyOf(random);
    if (random.isEmpty()) {
      throw new IllegalArgumentException(clip + ": expected at least one random order, found none");
    }
  }

  /** Returns the area that an order takes away from by knowing nothing. */
  double randomArea() {
    return random.stream().mapToDouble(RemovalCurve::area).average().orElseThrow();
  }
}
