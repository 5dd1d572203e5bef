package dev.serenade.stress;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.Interval;
import dev.serenade.evaluation.significance.PairedTest;
import dev.serenade.evaluation.significance.SpeakerBootstrap;
import dev.serenade.stress.TestResult.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How little a model minds a change.
 *
 * <ul>
 *   <li>unchanged: the share of clips of which the model says the same class before and after;
 *   <li>recall loss: unweighted average recall before, less that after.
 * </ul>
 */
final class Robustness {

  private Robustness() {}

  /**
   * Runs the tests of one change.
   *
   * @param index the change's place in what was heard
   */
  static List<TestResult> of(Change change, int index, List<HeardClip> clips, long seed) {
    List<TestResult> results = new ArrayList<>();
    change
        .recallLossAtMost()
        .ifPresent(limit -> results.add(recallLoss(change, limit, index, clips, seed)));
    results.add(unchanged(change, index, clips, seed));
    return results;
  }

  private static TestResult unchanged(Change change, int index, List<HeardClip> clips, long seed) {
    Predictions compared =
        Predictions.of(clips.stream().map(heard -> heard.compared(index)).toList());
    return new Question(
            change.group(),
            "unchanged, " + change.name(),
            change.description(),
            "unchanged",
            Threshold.atLeast(change.unchangedAtLeast()))
        .answered(
            Metric.WEIGHTED_ACCURACY.of(ConfusionMatrix.of(compared)),
            SpeakerBootstrap.of(compared, seed).interval95(Metric.WEIGHTED_ACCURACY::of),
            clips.size());
  }

  private static TestResult recallLoss(
      Change change, double limit, int index, List<HeardClip> clips, long seed) {
    Predictions before =
        Predictions.of(
            clips.stream().map(heard -> heard.labelled(heard.references().get(index))).toList());
    Predictions after =
        Predictions.of(
            clips.stream().map(heard -> heard.labelled(heard.changed().get(index))).toList());
    Metric recall = Metric.UNWEIGHTED_AVERAGE_RECALL;
    Optional<Interval> interval = Optional.empty();
    if (before.bySpeaker().size() > 1) {
      Comparison comparison = PairedTest.of(after, before, seed).compare(recall);
      interval = Optional.of(comparison.interval95());
    }
    return new Question(
            change.group(),
            "recall loss, " + change.name(),
            change.description(),
            "recall loss",
            Threshold.atMost(limit))
        .answered(OptionalDouble.of(recall.of(before) - recall.of(after)), interval, clips.size());
  }
}
