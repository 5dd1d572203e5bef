package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * How much too good the best of several runs looks for having been chosen on the very clips it is
 * judged by.
 *
 * <p>The bootstrap bias corrected cross-validation of Tsamardinos, Greasidou and Borboudakis,
 * "Bootstrapping the out-of-sample predictions for efficient and accurate cross-validation", 2018,
 * over speakers: speakers are drawn with replacement {@value SpeakerBootstrap#RESAMPLES} times; the
 * run with the highest metric on those drawn is judged on those not drawn, who had no part in the
 * choice. Nothing is trained anew. The paper takes the mean of that for the corrected score; here
 * what it falls short of the best run's own on the same speakers is taken off the score. For a
 * metric that is a mean over speakers both are the same; recall of a few speakers, some without
 * some classes, is not what it is of all of them, and that difference is no matter of choice.
 *
 * <p>Edge cases: a resample that draws every speaker judges nobody and is left out, as is one where
 * the metric is undefined. Of runs that are equally good the first is chosen. Runs that were left
 * out before all their clips were predicted cannot take part; so the correction is a little too
 * small where they could have won.
 *
 * @param best the position of the run with the highest metric on all speakers
 * @param score its metric on all speakers: what is too good
 * @param corrected what choosing the best of these runs gives on speakers who had no part in it
 */
public record SelectionBias(int best, double score, double corrected) {

  /**
   * Judges the choice among runs.
   *
   * @param runs at least one, all over the same clips
   * @return empty with fewer than two speakers, or if nothing could be judged
   * @throws IllegalArgumentException if the runs are over different speakers or classes
   */
  public static Optional<SelectionBias> of(List<Predictions> runs, Metric metric, long seed) {
    List<String> speakers = List.copyOf(runs.get(0).bySpeaker().keySet());
    List<List<ConfusionMatrix>> bySpeaker =
        runs.stream().map(run -> matrices(run, speakers)).toList();
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> numbers = new ArrayList<>();
    for (int s = 0; s < speakers.size(); s++) {
      numbers.add(s);
    }
    int best = best(bySpeaker, numbers, metric);
    double score = value(bySpeaker.get(best), numbers, metric).orElseThrow();
    List<Double> lost = new ArrayList<>();
    for (int r = 0; r < SpeakerBootstrap.RESAMPLES; r++) {
      List<Integer> drawn = SpeakerBootstrap.draw(numbers, random);
      List<Integer> others = numbers.stream().filter(s -> !drawn.contains(s)).toList();
      if (!others.isEmpty()) {
        OptionalDouble ofBest = value(bySpeaker.get(best), others, metric);
        OptionalDouble ofChosen =
            value(bySpeaker.get(best(bySpeaker, drawn, metric)), others, metric);
        if (ofBest.isPresent() && ofChosen.isPresent()) {
          lost.add(ofBest.getAsDouble() - ofChosen.getAsDouble());
        }
      }
    }
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SelectionBias(
                best,
                score,
                score - lost.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
  }

  /** Returns by how much the score is too good, at least 0. */
  public double optimism() {
    return Math.max(0, score - corrected);
  }

  private static int best(List<List<ConfusionMatrix>> runs, List<Integer> speakers, Metric metric) {
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < runs.size(); i++) {
      double value = value(runs.get(i), speakers, metric).orElse(Double.NEGATIVE_INFINITY);
      if (value > highest) {
        highest = value;
        best = i;
      }
    }
    return best;
  }

  private static OptionalDouble value(
      List<ConfusionMatrix> bySpeaker, List<Integer> speakers, Metric metric) {
    return metric.of(ConfusionMatrix.sum(speakers.stream().map(bySpeaker::get).toList()));
  }

  private static List<ConfusionMatrix> matrices(Predictions run, List<String> speakers) {
    var bySpeaker = run.bySpeaker();
    if (!bySpeaker.keySet().containsAll(speakers) || bySpeaker.size() != speakers.size()) {
      throw new IllegalArgumentException(
          "expected runs over the same speakers %s, found one over %s"
              .formatted(speakers, bySpeaker.keySet()));
    }
    return speakers.stream()
        .map(speaker -> ConfusionMatrix.of(Objects.requireNonNull(bySpeaker.get(speaker))))
        .toList();
  }
}
