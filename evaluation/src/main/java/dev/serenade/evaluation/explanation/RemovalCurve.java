package dev.serenade.evaluation.explanation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The score of an emotion as more and more of a clip is taken away, or put back.
 *
 * @param scores in [0, 1], after equal steps from nothing to all; at least two
 */
public record RemovalCurve(List<Double> scores) {

  public RemovalCurve {
    scores = List.copyOf(scores);
    if (scores.size() < 2) {
      throw new IllegalArgumentException("expected a score before and one after, found " + scores);
    }
  }

  /** Returns the area below, over shares from 0 to 1, by the trapezoidal rule: the mean score. */
  public double area() {
    int steps = scores.size() - 1;
    double ends = (scores.get(0) + scores.get(steps)) / 2;
    return (ends + scores.subList(1, steps).stream().mapToDouble(Double::doubleValue).sum())
        / steps;
  }

  /** Returns the curve from its end: what was taken away last is put back first. */
  public RemovalCurve backwards() {
    List<Double> reversed = new ArrayList<>(scores);
    Collections.reverse(reversed);
    return new RemovalCurve(reversed);
  }

  /**
   * Returns the mean of several curves, step by step.
   *
   * @throws IllegalArgumentException if there are none, or they have not equally many steps
   */
  static RemovalCurve mean(List<RemovalCurve> curves) {
    List<Integer> lengths = curves.stream().map(c -> c.scores().size()).distinct().toList();
    if (lengths.size() != 1) {
      throw new IllegalArgumentException("expected curves of one length, found lengths " + lengths);
    }
    return new RemovalCurve(
        IntStream.range(0, lengths.get(0))
            .mapToObj(
                i -> curves.stream().mapToDouble(c -> c.scores().get(i)).average().orElseThrow())
            .toList());
  }
}
