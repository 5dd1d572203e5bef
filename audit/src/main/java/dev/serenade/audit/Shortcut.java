package dev.serenade.audit;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.significance.Interval;
import dev.serenade.evaluation.significance.MetricSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How well one cue alone predicts the class under a split.
 *
 * @param cue which
 * @param recall unweighted average recall over the clips of all test parts together
 * @param chance what guessing gets: 1 / classes in the test parts
 * @param interval95 of the recall, over speakers; empty for a single speaker
 */
record Shortcut(Cue cue, double recall, double chance, Optional<Interval> interval95) {

  /**
   * Fits the cue on the training side of every fold and tests it on the other.
   *
   * @return empty if no fold has clips of two classes to learn from, or no clip has the cue
   */
  static Optional<Shortcut> of(Cue cue, List<ClipMeasure> measures, Split split, long seed) {
    Map<Utterance, ClipMeasure> byClip = new HashMap<>();
    measures.forEach(measure -> byClip.put(measure.clip(), measure));
    List<Emotion> classes =
        measures.stream().map(measure -> measure.clip().emotion()).distinct().sorted().toList();
    if (classes.size() < 2 || !cue.appliesTo(measures.stream().map(ClipMeasure::clip).toList())) {
      return Optional.empty();
    }
    List<Prediction> predictions = new ArrayList<>();
    for (Fold fold : split.folds()) {
      predictions.addAll(predict(cue, fold, byClip, classes));
    }
    if (predictions.isEmpty()) {
      return Optional.empty();
    }
    long tested = predictions.stream().map(Prediction::actual).distinct().count();
    MetricSummary recall =
        MetricSummary.of(Predictions.of(predictions), Metric.UNWEIGHTED_AVERAGE_RECALL, seed);
    return Optional.of(new Shortcut(cue, recall.pooled(), 1.0 / tested, recall.interval95()));
  }

  private static List<Prediction> predict(
      Cue cue, Fold fold, Map<Utterance, ClipMeasure> byClip, List<Emotion> classes) {
    List<Utterance> learned = new ArrayList<>(fold.train());
    learned.addAll(fold.validation());
    List<ClipMeasure> train = known(learned, byClip);
    int[] labels =
        train.stream().mapToInt(measure -> classes.indexOf(measure.clip().emotion())).toArray();
    if (train.stream().map(measure -> measure.clip().emotion()).distinct().count() < 2) {
      return List.of();
    }
    CuePredictor predictor =
        cue.isNumeric()
            ? NumericPredictor.fit(cue.values(), train, labels, classes.size())
            : TokenPredictor.fit(cue.tokens(), train, labels, classes.size());
    List<String> names = classes.stream().map(Emotion::name).toList();
    return known(fold.test(), byClip).stream()
        .map(
            measure ->
                new Prediction(
                    measure.clip().id(),
                    measure.clip().speaker(),
                    fold.name(),
                    measure.clip().emotion().name(),
                    ClassProbabilities.of(names, predictor.probabilities(measure))))
        .toList();
  }

  private static List<ClipMeasure> known(
      List<Utterance> clips, Map<Utterance, ClipMeasure> byClip) {
    return clips.stream().map(byClip::get).filter(Objects::nonNull).toList();
  }
}
