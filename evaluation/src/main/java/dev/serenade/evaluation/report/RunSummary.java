package dev.serenade.evaluation.report;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.significance.Interval;
import dev.serenade.evaluation.significance.MetricSummary;
import dev.serenade.evaluation.significance.SpeakerBootstrap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Every number of a report.
 *
 * @param run what is summed up
 * @param predictions of all folds
 * @param metrics in the order of {@link Metric}
 * @param confusion of all folds together
 * @param recallIntervals the 95 % interval of each class's recall over speakers, in order of
 *     classes
 * @param calibration of all folds together
 * @param uncalibrated the same before probabilities were made honest, if every fold knows
 * @param decisions what abstaining and sets did
 */
public record RunSummary(
    EvaluationRun run,
    Predictions predictions,
    List<MetricSummary> metrics,
    ConfusionMatrix confusion,
    List<Optional<Interval>> recallIntervals,
    Calibration calibration,
    Optional<Calibration> uncalibrated,
    DecisionSummary decisions) {

  public RunSummary {
    metrics = List.copyOf(metrics);
    recallIntervals = List.copyOf(recallIntervals);
  }

  /** Computes the numbers of a run. */
  public static RunSummary of(EvaluationRun run) {
    Predictions predictions = run.predictions();
    SpeakerBootstrap bootstrap = SpeakerBootstrap.of(predictions, run.seed());
    List<Optional<Interval>> recalls =
        IntStream.range(0, predictions.classes().size())
            .mapToObj(i -> bootstrap.interval95(confusion -> confusion.recall(i)))
            .toList();
    return new RunSummary(
        run,
        predictions,
        MetricSummary.allOf(predictions, run.seed()),
        ConfusionMatrix.of(predictions),
        recalls,
        Calibration.of(predictions),
        uncalibrated(run),
        DecisionSummary.of(run));
  }

  private static Optional<Calibration> uncalibrated(EvaluationRun run) {
    List<Calibration> folds =
        run.folds().stream().flatMap(fold -> fold.uncalibrated().stream()).toList();
    return folds.size() == run.folds().size()
        ? Optional.of(Calibration.pooled(folds))
        : Optional.empty();
  }

  /** Returns the summary of one metric. */
  public MetricSummary metric(Metric metric) {
    return metrics.stream().filter(one -> one.metric() == metric).findFirst().orElseThrow();
  }
}
