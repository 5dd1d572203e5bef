package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What two runs made of each speaker, compared by any number that follows from the speakers' parts;
 * {@link PairedTest} says how.
 *
 * @param pairs each speaker's part of both runs, two speakers or more
 * @param seed of swaps and resampling
 * @param <T> the part of one speaker, from which numbers are computed
 */
record PairedSpeakers<T>(List<Pair<T>> pairs, long seed) {

  static final int EXACT_SPEAKERS = 12;
  static final int PERMUTATIONS = 9_999;

  /** Differences this close are equal but for the order of additions. */
  private static final double ROUNDING = 1e-12;

  PairedSpeakers {
    pairs = List.copyOf(pairs);
  }

  /** One speaker's clips, as both runs saw them. */
  record Pair<T>(T first, T second) {
    Pair<T> swapped() {
      return new Pair<>(second, first);
    }
  }

  /** Returns the least p-value that so many speakers can give: swapping all changes but a sign. */
  static double leastPValue(int speakers) {
    return speakers <= EXACT_SPEAKERS ? 2.0 / (1 << speakers) : 1.0 / (PERMUTATIONS + 1);
  }

  /**
   * Compares the runs.
   *
   * @param value of all speakers' parts together; defined for all speakers there are, but perhaps
   *     not for what a resample draws, which is then left out
   */
  Comparison compare(Measure measure, Function<List<T>, OptionalDouble> value) {
    double observed = Math.abs(difference(value, pairs).orElseThrow());
    double[] bySwapping = differencesBySwapping(value);
    return new Comparison(
        measure,
        value.apply(pairs.stream().map(Pair::first).toList()).orElseThrow(),
        value.apply(pairs.stream().map(Pair::second).toList()).orElseThrow(),
        bootstrap(value),
        shareAtLeast(observed, bySwapping),
        noiseFloor(bySwapping),
        pairs.size());
  }

  private Interval bootstrap(Function<List<T>, OptionalDouble> value) {
    SplittableRandom random = new SplittableRandom(seed);
    return Interval.middle95(
        IntStream.range(0, SpeakerBootstrap.RESAMPLES)
            .mapToObj(r -> difference(value, SpeakerBootstrap.draw(pairs, random)))
            .flatMapToDouble(OptionalDouble::stream)
            .toArray());
  }

  /** Returns the sizes of all differences that swapping gives, the observed among them. */
  private double[] differencesBySwapping(Function<List<T>, OptionalDouble> value) {
    boolean exact = pairs.size() <= EXACT_SPEAKERS;
    SplittableRandom random = new SplittableRandom(seed);
    double[] sizes = new double[exact ? 1 << pairs.size() : PERMUTATIONS + 1];
    for (int n = 0; n < sizes.length; n++) {
      List<Pair<T>> permuted = new ArrayList<>(pairs.size());
      for (int s = 0; s < pairs.size(); s++) {
        // Number 0 swaps nothing: it is what was observed.
        boolean swap = exact ? (n >> s & 1) == 1 : n > 0 && random.nextBoolean();
        permuted.add(swap ? pairs.get(s).swapped() : pairs.get(s));
      }
      sizes[n] = Math.abs(difference(value, permuted).orElseThrow());
    }
    return sizes;
  }

  private static OptionalDouble noiseFloor(double[] sizes) {
    double[] sorted = sizes.clone();
    Arrays.sort(sorted);
    // So many of the largest may lie at the floor or above it, and none equal to one below it.
    int largest = (int) (Comparison.LEVEL * sorted.length);
    return IntStream.range(sorted.length - largest, sorted.length)
        .filter(i -> sorted[i] - sorted[i - 1] > ROUNDING)
        .mapToDouble(i -> sorted[i])
        .findFirst();
  }

  private static double shareAtLeast(double size, double[] sizes) {
    return (double) Arrays.stream(sizes).filter(s -> s >= size - ROUNDING).count() / sizes.length;
  }

  private static <T> OptionalDouble difference(
      Function<List<T>, OptionalDouble> value, List<Pair<T>> pairs) {
    OptionalDouble second = value.apply(pairs.stream().map(Pair::second).toList());
    OptionalDouble first = value.apply(pairs.stream().map(Pair::first).toList());
    return first.isPresent() && second.isPresent()
        ? OptionalDouble.of(second.getAsDouble() - first.getAsDouble())
        : OptionalDouble.empty();
  }
}
