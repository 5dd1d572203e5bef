package dev.serenade.cli.tune;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.PairedTest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Gives up what is clearly behind.
 *
 * <p>Folds are tested in laps of {@value #LAP}. After a lap that is not the last, a trial is
 * compared with the best so far on the same clips, by unweighted average recall. It is given up if
 *
 * <ul>
 *   <li>it is more than 5 points behind, or
 *   <li>it is behind, and the paired 95 % interval over speakers leaves out 0, with at least
 *       {@value #FEWEST_SPEAKERS} speakers.
 * </ul>
 *
 * <p>What is given up cannot win any more, so being wrong at times costs a little of the best, and
 * nothing of the honesty of its score. After Maron and Moore, "Hoeffding Races", 1994, and
 * López-Ibáñez and others, "The irace package", 2016, whose tests ask for more clips than corpora
 * of emotion have.
 *
 * @param seed of the interval's resampling
 */
record Race(long seed) {

  static final int LAP = 2;
  static final int FEWEST_SPEAKERS = 4;

  private static final double MARGIN = 0.05;

  /** Returns why a trial with these folds is to be given up, or nothing if it may still win. */
  Optional<String> verdict(List<FoldResult> folds, Trial best) {
    Predictions ofTrial = Predictions.concat(folds.stream().map(FoldResult::predictions).toList());
    Predictions ofBest = Trial.sameClips(folds, best);
    double behind =
        Metric.UNWEIGHTED_AVERAGE_RECALL.of(ofBest) - Metric.UNWEIGHTED_AVERAGE_RECALL.of(ofTrial);
    if (behind > MARGIN) {
      return Optional.of(reason(behind, folds.size(), best));
    }
    if (behind <= 0 || ofTrial.bySpeaker().size() < FEWEST_SPEAKERS) {
      return Optional.empty();
    }
    Comparison comparison =
        PairedTest.of(ofBest, ofTrial, seed).compare(Metric.UNWEIGHTED_AVERAGE_RECALL);
    return comparison.interval95().contains(0)
        ? Optional.empty()
        : Optional.of(reason(behind, folds.size(), best));
  }

  private static String reason(double behind, int folds, Trial best) {
    return String.format(
        Locale.ROOT,
        "%.1f points behind trial %d after %d folds",
        100 * behind,
        best.candidate().number(),
        folds);
  }
}
