package dev.serenade.evaluation.comparison;

import dev.serenade.evaluation.ClassRecall;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.CalibrationMeasure;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.McNemar;
import dev.serenade.evaluation.significance.PairedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A run against the first.
 *
 * @param second the letter of the run
 * @param measures by each {@link Metric}, then by each {@link CalibrationMeasure} if both runs have
 *     probabilities
 * @param recalls of the classes that occur
 * @param mcNemar of hits and misses, clip by clip
 * @param lost clips that only the first gets right, in order
 * @param won clips that only this run gets right, in order
 * @param speakers who gains most first
 */
public record RunComparison(
    String second,
    List<Comparison> measures,
    List<Comparison> recalls,
    McNemar mcNemar,
    List<Flip> lost,
    List<Flip> won,
    List<SpeakerScores> speakers) {

  /** A clip about which the runs disagree. */
  public record Flip(Prediction first, Prediction second) {}

  /**
   * One speaker by the headline's metric.
   *
   * @param clips how many there are
   */
  public record SpeakerScores(String speaker, int clips, double first, double second) {}

  /** Copies the lists. */
  public RunComparison {
    measures = List.copyOf(measures);
    recalls = List.copyOf(recalls);
    lost = List.copyOf(lost);
    won = List.copyOf(won);
    speakers = List.copyOf(speakers);
  }

  /** Compares two aligned runs. */
  static RunComparison of(
      ComparedRun first, ComparedRun second, String letter, Metric headline, long seed) {
    PairedTest test = PairedTest.of(first.predictions(), second.predictions(), seed);
    List<Comparison> measures =
        new ArrayList<>(Arrays.stream(Metric.values()).map(test::compare).toList());
    if (first.hasProbabilities() && second.hasProbabilities()) {
      Arrays.stream(CalibrationMeasure.values()).map(test::compare).forEach(measures::add);
    }
    List<String> classes = first.predictions().classes();
    List<Comparison> recalls =
        IntStream.range(0, classes.size())
            .mapToObj(i -> test.compare(new ClassRecall(classes.get(i), i)))
            .flatMap(Optional::stream)
            .toList();
    List<Flip> flips =
        IntStream.range(0, first.predictions().size())
            .mapToObj(
                i ->
                    new Flip(
                        first.predictions().asList().get(i), second.predictions().asList().get(i)))
            .filter(flip -> flip.first().correct() != flip.second().correct())
            .toList();
    return new RunComparison(
        letter,
        measures,
        recalls,
        McNemar.of(first.predictions(), second.predictions()),
        flips.stream().filter(flip -> flip.first().correct()).toList(),
        flips.stream().filter(flip -> flip.second().correct()).toList(),
        speakers(first.predictions(), second.predictions(), headline));
  }

  private static List<SpeakerScores> speakers(
      Predictions first, Predictions second, Metric metric) {
    Map<String, Predictions> seconds = second.bySpeaker();
    return first.bySpeaker().entrySet().stream()
        .map(
            speaker ->
                new SpeakerScores(
                    speaker.getKey(),
                    speaker.getValue().size(),
                    metric.of(speaker.getValue()),
                    metric.of(Objects.requireNonNull(seconds.get(speaker.getKey())))))
        .sorted(
            Comparator.comparingDouble((SpeakerScores scores) -> scores.first() - scores.second())
                .thenComparing(SpeakerScores::speaker))
        .toList();
  }

  /** Returns the comparison by a metric. */
  public Comparison by(Metric metric) {
    return measures.stream().filter(one -> one.metric() == metric).findFirst().orElseThrow();
  }

  /** Returns this comparison with other p-values of its measures, in order. */
  RunComparison withPValues(List<Double> pValues) {
    List<Comparison> adjusted =
        IntStream.range(0, measures.size())
            .mapToObj(i -> measures.get(i).withPValue(pValues.get(i)))
            .toList();
    return new RunComparison(second, adjusted, recalls, mcNemar, lost, won, speakers);
  }

  /** Returns who is better by one measure, in words that the data bear. */
  public String verdict(Comparison comparison) {
    if (!comparison.differenceShown()) {
      return comparison.verdict();
    }
    boolean better = comparison.difference() > 0 != comparison.metric().lessIsBetter();
    return (better ? second : AlignedRuns.letter(0)) + " is better";
  }
}
