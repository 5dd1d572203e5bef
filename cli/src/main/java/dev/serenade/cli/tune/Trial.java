package dev.serenade.cli.tune;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.report.FoldResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What came of a candidate.
 *
 * @param candidate what was tried
 * @param folds those that were trained and tested, at least one, in order
 * @param givenUp why it was given up after those; empty if they are all
 */
record Trial(Candidate candidate, List<FoldResult> folds, Optional<String> givenUp) {

  Trial {
    folds = List.copyOf(folds);
  }

  /** Returns whether all folds were tested. */
  boolean isComplete() {
    return givenUp.isEmpty();
  }

  /** Returns the predictions of all its folds, each of a speaker that its head did not hear. */
  Predictions predictions() {
    return Predictions.concat(folds.stream().map(FoldResult::predictions).toList());
  }

  /** Returns the score: unweighted average recall, its folds pooled, in [0, 1]. */
  double recall() {
    return Metric.UNWEIGHTED_AVERAGE_RECALL.of(predictions());
  }

  /** Returns the predictions of another trial on the clips of this one. */
  Predictions sameClipsOf(Trial other) {
    return sameClips(folds, other);
  }

  /** Returns the predictions of a trial on the clips of these folds. */
  static Predictions sameClips(List<FoldResult> folds, Trial trial) {
    Set<String> names = folds.stream().map(FoldResult::name).collect(Collectors.toSet());
    List<Prediction> same =
        trial.predictions().asList().stream().filter(p -> names.contains(p.fold())).toList();
    return Predictions.of(same);
  }

  /** Returns by how much its recall exceeds another's on the same clips. */
  double gainOver(Trial other) {
    return recall() - Metric.UNWEIGHTED_AVERAGE_RECALL.of(sameClipsOf(other));
  }

  /** Returns the complete trial with the highest score, the first of several; empty if none is. */
  static Optional<Trial> best(List<Trial> trials) {
    return trials.stream()
        .filter(Trial::isComplete)
        .max(
            Comparator.comparingDouble(Trial::recall)
                .thenComparingInt(trial -> -trial.candidate().number()));
  }
}
