package dev.serenade.training;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How hard each training example is: a running mean of its losses, epoch by epoch.
 *
 * <pre>{@code
 * d_i <- d_i + (l_i - d_i) / 3        l_i the mean cross-entropy of its showings in an epoch
 * }</pre>
 *
 * <p>The first l_i is d_i itself; that of an epoch in which an example is not shown is left out.
 * One thread at a time.
 */
final class Difficulty {

  /** Of the newest loss. */
  private static final float WEIGHT = 1 / 3f;

  private final List<Example> examples;
  private final Map<Example, Integer> positions = new HashMap<>();
  private final float[] means;
  private final double[] sums;
  private final int[] shown;

  Difficulty(List<Example> examples) {
    this.examples = List.copyOf(examples);
    for (int i = 0; i < examples.size(); i++) {
      positions.putIfAbsent(examples.get(i), i);
    }
    means = new float[examples.size()];
    Arrays.fill(means, Float.NaN);
    sums = new double[examples.size()];
    shown = new int[examples.size()];
  }

  /** Adds the loss of one showing of an example. */
  void add(Example example, double loss) {
    int i = positions.getOrDefault(example, 0);
    sums[i] += loss;
    shown[i]++;
  }

  /** Ends an epoch. */
  void endEpoch() {
    for (int i = 0; i < means.length; i++) {
      if (shown[i] > 0) {
        float loss = (float) (sums[i] / shown[i]);
        means[i] = Float.isNaN(means[i]) ? loss : means[i] + WEIGHT * (loss - means[i]);
      }
    }
    Arrays.fill(sums, 0);
    Arrays.fill(shown, 0);
  }

  /** Returns d of each example, NaN before it was shown. */
  FloatTensor copy() {
    return FloatTensor.of(means, means.length);
  }

  /** Takes d from what {@link #copy} gave. */
  void restore(FloatTensor copy) {
    copy.values().get(means);
  }

  /**
   * Draws as many examples as there are. The hardest comes s times as often as the easiest, and
   * those between by their rank r of N, counted from 0 for the hardest:
   *
   * <pre>{@code
   * c_r = N s^(-r / N) / sum_q s^(-q / N)        how often it comes on average
   * }</pre>
   *
   * <p>Each comes floor(c_r) or ceil(c_r) times, so that an epoch varies no more than it must.
   *
   * @param pressure s, at least 1
   * @return in the order of their ranks
   */
  List<Example> draw(double pressure, Random random) {
    List<Integer> hardestFirst =
        IntStream.range(0, examples.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -means[indexOf(i)]))
            .toList();
    int count = examples.size();
    double total = 0;
    for (int rank = 0; rank < count; rank++) {
      total += Math.pow(pressure, -(double) rank / count);
    }
    List<Example> drawn = new ArrayList<>();
    double next = random.nextDouble();
    double reached = 0;
    for (int rank = 0; rank < count; rank++) {
      reached += count * Math.pow(pressure, -(double) rank / count) / total;
      for (; next < reached && drawn.size() < count; next++) {
        drawn.add(examples.get(hardestFirst.get(rank)));
      }
    }
    // Rounding may leave the last one out.
    while (drawn.size() < count) {
      drawn.add(examples.get(hardestFirst.get(count - 1)));
    }
    return drawn;
  }

  /** An example that is listed twice is as hard both times. */
  private int indexOf(int i) {
    return positions.getOrDefault(examples.get(i), i);
  }
}
