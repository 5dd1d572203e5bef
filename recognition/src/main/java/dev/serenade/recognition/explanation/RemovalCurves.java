package dev.serenade.recognition.explanation;

import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.FloatVector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How a clip's score falls as it is taken away part by part: the test of an explanation, which
 * names the parts that matter most, and must then be right that the score falls fastest without
 * them.
 *
 * <p>The clip is divided into {@value #PARTS} parts of equal length, to a frame. An order of the
 * parts gives a deletion curve, the scores after 0, 1, ..., {@value #PARTS} of them are gone. The
 * insertion curve of an order, which begins with nothing and puts the parts back, is the deletion
 * curve of the reverse order, read from its end; it needs no scores of its own.
 *
 * <p>Samek et al., "Evaluating the visualization of what a deep neural network has learned", IEEE
 * TNNLS 28(11), 2017, doi:10.1109/TNNLS.2016.2599820; Petsiuk, Das and Saenko, "RISE", BMVC 2018,
 * arXiv 1806.07421, where pixels are taken away.
 */
public final class RemovalCurves {

  /** So many parts a clip has; and frames, at least. */
  public static final int PARTS = 10;

  private final Removal clip;
  private final String emotion;

  /**
   * Prepares the test.
   *
   * @param clip of {@value #PARTS} frames or more
   * @param emotion whose score is followed
   */
  public RemovalCurves(Removal clip, String emotion) {
    if (clip.frames() < PARTS) {
      throw new IllegalArgumentException(
          "expected a clip of at least %d frames, found %d".formatted(PARTS, clip.frames()));
    }
    this.clip = clip;
    this.emotion = emotion;
  }

  /** Returns the parts in random order. */
  public static List<Integer> random(SplittableRandom random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, PARTS).boxed().toList());
    for (int left = PARTS; left > 1; left--) {
      Collections.swap(order, left - 1, random.nextInt(left));
    }
    return List.copyOf(order);
  }

  /** Returns the parts that attention weighs most first. */
  public List<Integer> order(FloatVector attention) {
    double[] byFrame = new double[attention.length()];
    for (int t = 0; t < byFrame.length; t++) {
      byFrame[t] = attention.get(t);
    }
    return order(byFrame);
  }

  /** Returns the parts first without which the score falls most. */
  public List<Integer> order(Occlusion occlusion) {
    return order(occlusion.byFrame(clip.frames()));
  }

  /** By the mean of a part's frames; of equal ones the earlier comes first. */
  private List<Integer> order(double[] byFrame) {
    if (byFrame.length != clip.frames()) {
      throw new IllegalArgumentException(
          "expected a value for each of %d frames, found %d"
              .formatted(clip.frames(), byFrame.length));
    }
    return IntStream.range(0, PARTS)
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                part ->
                    -IntStream.range(start(part), start(part + 1))
                        .mapToDouble(t -> byFrame[t])
                        .average()
                        .orElseThrow()))
        .toList();
  }

  /**
   * Takes the parts away.
   *
   * @param orders each with every part once, the first to go first
   * @return for each order {@value #PARTS} + 1 scores
   */
  public List<List<Double>> deletion(List<List<Integer>> orders) {
    Map<BitSet, Double> scores = new LinkedHashMap<>();
    for (List<Integer> order : orders) {
      removals(order).forEach(removed -> scores.put(removed, Double.NaN));
    }
    List<BitSet> distinct = List.copyOf(scores.keySet());
    List<EmotionScores> found = clip.without(distinct);
    for (int i = 0; i < distinct.size(); i++) {
      scores.put(distinct.get(i), found.get(i).of(emotion));
    }
    return orders.stream()
        .map(
            order ->
                removals(order).stream()
                    .map(removed -> Objects.requireNonNull(scores.get(removed)))
                    .toList())
        .toList();
  }

  /** Nothing, the first part, the first two, ..., all. */
  private List<BitSet> removals(List<Integer> order) {
    if (!order.stream().sorted().toList().equals(IntStream.range(0, PARTS).boxed().toList())) {
      throw new IllegalArgumentException(
          "expected every part from 0 to %d once, found %s".formatted(PARTS - 1, order));
    }
    List<BitSet> removals = new ArrayList<>(List.of(new BitSet()));
    for (int part : order) {
      BitSet removed = (BitSet) removals.get(removals.size() - 1).clone();
      removed.set(start(part), start(part + 1));
      removals.add(removed);
    }
    return removals;
  }

  private int start(int part) {
    return (int) ((long) part * clip.frames() / PARTS);
  }
}
