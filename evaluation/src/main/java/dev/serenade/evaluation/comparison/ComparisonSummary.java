package dev.serenade.evaluation.comparison;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.significance.Holm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every number of a comparison: all runs against the first. With three runs or more the p-values of
 * each measure are adjusted for as many comparisons, see {@link Holm}; those of single classes are
 * not, as they say where a difference lies, not whether there is one.
 *
 * @param runs what is compared
 * @param headline the metric that decides
 * @param comparisons of the second run and later ones, in order
 * @param seed of swaps and resampling
 */
public record ComparisonSummary(
    AlignedRuns runs, Metric headline, List<RunComparison> comparisons, long seed) {

  /** Copies the list. */
  public ComparisonSummary {
    comparisons = List.copyOf(comparisons);
  }

  /**
   * Compares.
   *
   * @throws IllegalArgumentException if all clips are of one speaker
   */
  public static ComparisonSummary of(AlignedRuns runs, Metric headline, long seed) {
    List<RunComparison> comparisons = new ArrayList<>();
    for (int i = 1; i < runs.runs().size(); i++) {
      comparisons.add(
          RunComparison.of(
              runs.runs().get(0), runs.runs().get(i), AlignedRuns.letter(i), headline, seed));
    }
    return new ComparisonSummary(runs, headline, adjusted(comparisons), seed);
  }

  private static List<RunComparison> adjusted(List<RunComparison> comparisons) {
    List<List<Double>> adjusted =
        comparisons.stream().<List<Double>>map(one -> new ArrayList<>()).toList();
    int most = comparisons.stream().mapToInt(one -> one.measures().size()).max().orElse(0);
    for (int m = 0; m < most; m++) {
      int measure = m;
      // Runs without probabilities have no measures of calibration.
      List<Integer> having =
          IntStream.range(0, comparisons.size())
              .filter(i -> measure < comparisons.get(i).measures().size())
              .boxed()
              .toList();
      List<Double> holm =
          Holm.adjusted(
              having.stream()
                  .map(i -> comparisons.get(i).measures().get(measure).pValue())
                  .toList());
      for (int k = 0; k < having.size(); k++) {
        adjusted.get(having.get(k)).add(holm.get(k));
      }
    }
    return IntStream.range(0, comparisons.size())
        .mapToObj(i -> comparisons.get(i).withPValues(adjusted.get(i)))
        .toList();
  }

  /** Returns how many clips are compared. */
  public int clips() {
    return runs.runs().get(0).predictions().size();
  }

  /** Returns how many speakers they are of. */
  public int speakers() {
    return runs.runs().get(0).predictions().bySpeaker().size();
  }

  /** Returns the least p-value that so many speakers can give. */
  public double leastPValue() {
    return comparisons.get(0).by(headline).leastPValue();
  }

  /** Returns whether the first run is shown to be better than another, by the headline's metric. */
  public boolean showsALoss() {
    return comparisons.stream()
        .map(one -> one.by(headline))
        .anyMatch(one -> one.differenceShown() && one.difference() < 0);
  }

  /** Returns what a reader must know before any number. */
  public List<String> caveats() {
    List<String> caveats = new ArrayList<>();
    List<String> protocols = new ArrayList<>();
    for (int i = 0; i < runs.runs().size(); i++) {
      ComparedRun run = runs.runs().get(i);
      String letter = AlignedRuns.letter(i);
      run.caveats().forEach(caveat -> caveats.add(letter + ": " + caveat));
      run.protocol().ifPresent(protocol -> protocols.add(letter + " " + protocol));
    }
    if (runs.runs().stream().flatMap(run -> run.protocol().stream()).distinct().count() > 1) {
      caveats.add(
          "The runs were evaluated by different protocols, which alone can make a difference: "
              + String.join(", ", protocols)
              + ".");
    }
    if (!runs.isComplete()) {
      caveats.add(
          "Only the %d clips that all runs have are compared; left out are %s."
              .formatted(clips(), leftOut()));
    }
    return caveats;
  }

  private String leftOut() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < runs.leftOut().size(); i++) {
      int count = runs.leftOut().get(i).size();
      if (count > 0) {
        parts.add(
            "%d of %s, such as %s"
                .formatted(count, AlignedRuns.letter(i), runs.leftOut().get(i).get(0)));
      }
    }
    return String.join("; ", parts);
  }
}
