package dev.serenade.training.experiment;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.ConformalSets;
import dev.serenade.evaluation.calibration.DecisionThresholds;
import dev.serenade.recognition.confidence.HeldOutConfidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sums up, for the model file, what a model said of speakers it was not trained on. */
public final class HeldOutSummary {

  /** So many steps at most, with about as many more answers each. */
  private static final int STEPS = 60;

  /** Sets are known for each percent of coverage from the first to the last. */
  private static final int FIRST_PERCENT = 50;

  private static final int LAST_PERCENT = 99;

  /** Thresholds are rounded down to so many parts of 1, so that who is at one stays above it. */
  private static final double PARTS = 1e6;

  private HeldOutSummary() {}

  static HeldOutConfidence of(Predictions predictions) {
    List<HeldOutConfidence.SetLevel> sets = new ArrayList<>();
    for (int percent = FIRST_PERCENT; percent <= LAST_PERCENT; percent++) {
      double coverage = percent / 100.0;
      sets.add(
          new HeldOutConfidence.SetLevel(
              coverage, roundedDown(ConformalSets.fit(predictions, coverage).threshold())));
    }
    return new HeldOutConfidence(
        predictions.size(), predictions.bySpeaker().size(), steps(predictions), sets);
  }

  private static List<HeldOutConfidence.Step> steps(Predictions predictions) {
    List<Prediction> surestFirst =
        predictions.asList().stream()
            .sorted(Comparator.comparingDouble((Prediction p) -> -p.probabilities().confidence()))
            .toList();
    List<HeldOutConfidence.Step> steps = new ArrayList<>();
    int answered = 0;
    int wrong = 0;
    for (int step = 1; step <= STEPS; step++) {
      int rank = (int) Math.ceil((double) step * surestFirst.size() / STEPS);
      double threshold = roundedDown(surestFirst.get(rank - 1).probabilities().confidence());
      int before = answered;
      while (answered < surestFirst.size()
          && surestFirst.get(answered).probabilities().confidence() >= threshold) {
        wrong += surestFirst.get(answered++).correct() ? 0 : 1;
      }
      if (answered > before) {
        steps.add(new HeldOutConfidence.Step(threshold, answered, wrong));
      }
    }
    return steps;
  }

  private static double roundedDown(double probability) {
    return Math.floor(probability * PARTS) / PARTS;
  }

  /** Returns what a report measures: what this says for a few targets. */
  public static DecisionThresholds thresholds(HeldOutConfidence heldOut) {
    return new DecisionThresholds(
        DecisionThresholds.TARGET_ERRORS.stream()
            .map(target -> new DecisionThresholds.Abstaining(target, heldOut.abstainBelow(target)))
            .toList(),
        DecisionThresholds.COVERAGES.stream()
            .map(
                coverage ->
                    new DecisionThresholds.Sets(
                        coverage, new ConformalSets(heldOut.leastProbability(coverage))))
            .toList());
  }
}
