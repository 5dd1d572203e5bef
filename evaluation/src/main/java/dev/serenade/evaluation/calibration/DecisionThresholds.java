package dev.serenade.evaluation.calibration;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What held-out clips said about when to abstain and what to put into a set, before any test clip
 * was looked at. Whether it holds is for the test clips to say.
 *
 * @param abstaining by the share of answers that may be wrong
 * @param sets by the share of clips whose set is to hold the label
 */
public record DecisionThresholds(List<Abstaining> abstaining, List<Sets> sets) {

  /** The shares of wrong answers that reports show. */
  public static final List<Double> TARGET_ERRORS = List.of(0.05, 0.1, 0.2);

  /** The coverages that reports show. */
  public static final List<Double> COVERAGES = List.of(0.8, 0.9, 0.95);

  /** Copies the lists. */
  public DecisionThresholds {
    abstaining = List.copyOf(abstaining);
    sets = List.copyOf(sets);
  }

  /**
   * When to abstain.
   *
   * @param targetError the share of answers that may be wrong
   * @param below the confidence below which to abstain; empty if nothing can be promised, so that
   *     every clip is to be abstained from
   */
  public record Abstaining(double targetError, OptionalDouble below) {}

  /**
   * What to put into sets.
   *
   * @param coverage the share of clips whose set is to hold the label
   */
  public record Sets(double coverage, ConformalSets rule) {}
}
