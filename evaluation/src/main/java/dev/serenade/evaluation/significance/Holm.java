package dev.serenade.evaluation.significance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Allows for several comparisons at once: who compares often enough finds a difference by luck.
 *
 * <p>Of m p-values, sorted, the k-th smallest becomes
 *
 * <pre>{@code
 * max over j = 1..k of min(1, (m - j + 1) p_j)
 * }</pre>
 *
 * <p>which keeps the chance of any false claim among the m at the level, whatever ties the
 * comparisons together.
 *
 * <p>Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
 * Statistics 6(2), 1979.
 */
public final class Holm {

  private Holm() {}

  /** Returns adjusted p-values, in the order of these. */
  public static List<Double> adjusted(List<Double> pValues) {
    List<Integer> order =
        IntStream.range(0, pValues.size())
            .boxed()
            .sorted(Comparator.comparing(pValues::get))
            .toList();
    List<Double> adjusted = new ArrayList<>(Collections.nCopies(pValues.size(), 1.0));
    double greatest = 0;
    for (int k = 0; k < order.size(); k++) {
      double p = (order.size() - k) * pValues.get(order.get(k));
      greatest = Math.max(greatest, Math.min(1, p));
      adjusted.set(order.get(k), greatest);
    }
    return adjusted;
  }
}
