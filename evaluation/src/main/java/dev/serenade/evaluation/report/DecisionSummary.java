package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.ConformalSets;
import dev.serenade.evaluation.calibration.DecisionThresholds;
import dev.serenade.evaluation.significance.ConfidenceBootstrap;
import dev.serenade.evaluation.significance.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What abstaining and sets did on test clips.
 *
 * @param byConfidence abstaining below fixed confidences
 * @param byTarget abstaining below what held-out clips of each fold said; empty if no fold has that
 * @param sets as held-out clips of each fold said; empty if no fold has that
 */
public record DecisionSummary(
    List<Abstained> byConfidence, List<Abstained> byTarget, List<Sets> sets) {

  private static final List<Double> CONFIDENCES = List.of(0.5, 0.6, 0.7, 0.8, 0.9);

  /**
   * What was left of the answers.
   *
   * @param wanted the confidence, or the share of wrong answers that was allowed
   * @param answered the share of clips that were answered
   * @param wrong the share of wrong answers; empty if there were none at all
   * @param interval95 of {@code wrong} over speakers
   * @param silentFolds how many folds answered nothing, as nothing could be promised
   */
  public record Abstained(
      double wanted,
      double answered,
      OptionalDouble wrong,
      Optional<Interval> interval95,
      int silentFolds) {}

  /**
   * What sets were worth.
   *
   * @param wanted the share of clips whose set was to hold the label
   * @param covered the share of clips whose set did
   * @param interval95 of it over speakers
   * @param meanSize classes in a set
   * @param medianSpeaker the share of the speaker in the middle
   * @param worstSpeaker the share of the speaker with the lowest
   * @param worst who that is
   */
  public record Sets(
      double wanted,
      double covered,
      Optional<Interval> interval95,
      double meanSize,
      double medianSpeaker,
      double worstSpeaker,
      String worst) {}

  /** Copies the lists. */
  public DecisionSummary {
    byConfidence = List.copyOf(byConfidence);
    byTarget = List.copyOf(byTarget);
    sets = List.copyOf(sets);
  }

  static DecisionSummary of(EvaluationRun run) {
    Predictions predictions = run.predictions();
    ConfidenceBootstrap bootstrap = ConfidenceBootstrap.of(predictions, run.seed());
    List<Abstained> byConfidence =
        CONFIDENCES.stream()
            .map(
                least ->
                    abstained(
                        least,
                        predictions,
                        bootstrap,
                        p -> p.probabilities().confidence() >= least,
                        0))
            .toList();
    Map<String, DecisionThresholds> byFold = new TreeMap<>();
    for (FoldResult fold : run.folds()) {
      fold.thresholds().ifPresent(thresholds -> byFold.put(fold.name(), thresholds));
    }
    if (byFold.size() < run.folds().size()) {
      return new DecisionSummary(byConfidence, List.of(), List.of());
    }
    List<Abstained> byTarget = new ArrayList<>();
    for (int t = 0; t < DecisionThresholds.TARGET_ERRORS.size(); t++) {
      byTarget.add(byTarget(t, predictions, bootstrap, byFold));
    }
    List<Sets> sets = new ArrayList<>();
    for (int c = 0; c < DecisionThresholds.COVERAGES.size(); c++) {
      sets.add(sets(c, predictions, bootstrap, byFold));
    }
    return new DecisionSummary(byConfidence, byTarget, sets);
  }

  private static Abstained byTarget(
      int index,
      Predictions predictions,
      ConfidenceBootstrap bootstrap,
      Map<String, DecisionThresholds> byFold) {
    Map<String, Double> least = new TreeMap<>();
    byFold.forEach(
        (fold, thresholds) ->
            least.put(
                fold, thresholds.abstaining().get(index).below().orElse(Double.POSITIVE_INFINITY)));
    return abstained(
        DecisionThresholds.TARGET_ERRORS.get(index),
        predictions,
        bootstrap,
        p -> p.probabilities().confidence() >= least.getOrDefault(p.fold(), 0.0),
        (int) least.values().stream().filter(value -> value.isInfinite()).count());
  }

  private static Abstained abstained(
      double wanted,
      Predictions predictions,
      ConfidenceBootstrap bootstrap,
      Predicate<Prediction> answers,
      int silentFolds) {
    List<Prediction> answered = predictions.asList().stream().filter(answers).toList();
    return new Abstained(
        wanted,
        (double) answered.size() / predictions.size(),
        answered.stream().mapToDouble(p -> p.correct() ? 0 : 1).average(),
        bootstrap.share(p -> !p.correct(), answers),
        silentFolds);
  }

  private static Sets sets(
      int index,
      Predictions predictions,
      ConfidenceBootstrap bootstrap,
      Map<String, DecisionThresholds> byFold) {
    Map<String, ConformalSets> rules = new TreeMap<>();
    byFold.forEach((fold, thresholds) -> rules.put(fold, thresholds.sets().get(index).rule()));
    ConformalSets everything = new ConformalSets(0);
    Predicate<Prediction> held = p -> rules.getOrDefault(p.fold(), everything).holdsLabel(p);
    Map<String, Double> bySpeaker = new TreeMap<>();
    predictions.bySpeaker().forEach((speaker, own) -> bySpeaker.put(speaker, share(own, held)));
    String worst =
        bySpeaker.entrySet().stream()
            .min(Comparator.comparingDouble(Map.Entry::getValue))
            .map(Map.Entry::getKey)
            .orElseThrow();
    return new Sets(
        DecisionThresholds.COVERAGES.get(index),
        share(predictions, held),
        bootstrap.share(held, p -> true),
        predictions.asList().stream()
            .mapToInt(p -> rules.getOrDefault(p.fold(), everything).set(p.probabilities()).size())
            .average()
            .orElseThrow(),
        median(bySpeaker.values().stream().mapToDouble(Double::doubleValue).toArray()),
        bySpeaker.getOrDefault(worst, 0.0),
        worst);
  }

  private static double share(Predictions predictions, Predicate<Prediction> counted) {
    return predictions.asList().stream()
        .mapToDouble(p -> counted.test(p) ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
