package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.fusion.LateFusion;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.Holm;
import dev.serenade.evaluation.significance.PairedTest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the words add to the sound: three runs over the same clips and folds, of heads that read the
 * encoder's states, of heads that read the decoder's, and of both by {@link LateFusion}.
 *
 * @param audio by the encoder's states
 * @param text by the decoder's states
 * @param both fused
 * @param fusions of each fold, in the order of the folds; the audio is the first model
 * @param overAudio of {@code audio} with {@code both}, by each of {@link #METRICS}, with p-values
 *     adjusted for the two comparisons by {@link Holm}; empty if only one speaker is tested
 * @param overText of {@code text} with {@code both}, likewise
 * @param leftOut the clips that could not be used by one of them, and why
 */
public record ModalityComparison(
    EvaluationRun audio,
    EvaluationRun text,
    EvaluationRun both,
    List<LateFusion> fusions,
    List<Comparison> overAudio,
    List<Comparison> overText,
    List<String> leftOut) {

  /** What the runs are compared by. */
  public static final List<Metric> METRICS =
      List.of(Metric.UNWEIGHTED_AVERAGE_RECALL, Metric.WEIGHTED_ACCURACY, Metric.MACRO_F1);

  /** Copies the lists, and checks that every fold has its weight. */
  public ModalityComparison {
    fusions = List.copyOf(fusions);
    overAudio = List.copyOf(overAudio);
    overText = List.copyOf(overText);
    leftOut = List.copyOf(leftOut);
    if (fusions.size() != both.folds().size()) {
      throw new IllegalArgumentException(
          "expected a weight for each of %d folds, found %d"
              .formatted(both.folds().size(), fusions.size()));
    }
  }

  /**
   * Compares three runs.
   *
   * @throws IllegalArgumentException if they are not over the same clips in the same order
   */
  public static ModalityComparison of(
      EvaluationRun audio,
      EvaluationRun text,
      EvaluationRun both,
      List<LateFusion> fusions,
      List<String> leftOut) {
    if (both.predictions().bySpeaker().size() < 2) {
      return new ModalityComparison(audio, text, both, fusions, List.of(), List.of(), leftOut);
    }
    List<Comparison> overAudio = compared(audio, both);
    List<Comparison> overText = compared(text, both);
    List<List<Double>> adjusted =
        IntStream.range(0, METRICS.size())
            .mapToObj(
                i -> Holm.adjusted(List.of(overAudio.get(i).pValue(), overText.get(i).pValue())))
            .toList();
    return new ModalityComparison(
        audio,
        text,
        both,
        fusions,
        withPValues(overAudio, adjusted.stream().map(two -> two.get(0)).toList()),
        withPValues(overText, adjusted.stream().map(two -> two.get(1)).toList()),
        leftOut);
  }

  private static List<Comparison> compared(EvaluationRun first, EvaluationRun second) {
    PairedTest test = PairedTest.of(first.predictions(), second.predictions(), second.seed());
    return METRICS.stream().map(test::compare).toList();
  }

  private static List<Comparison> withPValues(List<Comparison> comparisons, List<Double> adjusted) {
    return IntStream.range(0, comparisons.size())
        .mapToObj(i -> comparisons.get(i).withPValue(adjusted.get(i)))
        .toList();
  }

  /** Returns the mean over folds of the audio's weight. */
  public double meanAudioWeight() {
    return fusions.stream().mapToDouble(LateFusion::firstWeight).average().orElseThrow();
  }

  /** Returns the least of the folds' weights of the audio. */
  public double leastAudioWeight() {
    return fusions.stream().mapToDouble(LateFusion::firstWeight).min().orElseThrow();
  }

  /** Returns the greatest of the folds' weights of the audio. */
  public double greatestAudioWeight() {
    return fusions.stream().mapToDouble(LateFusion::firstWeight).max().orElseThrow();
  }
}
