package dev.serenade.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How strongly two properties of clips go together, such as speaker and label.
 *
 * <p>For n clips, r and k values of the properties, and the chi-squared statistic of their table:
 *
 * <pre>{@code
 * phi2 = max(0, chi2 / n - (r - 1) (k - 1) / (n - 1))
 * r'   = r - (r - 1)^2 / (n - 1),  k' alike
 * V    = sqrt(phi2 / min(r' - 1, k' - 1))          0 none, 1 one tells the other
 * }</pre>
 *
 * <p>V is 0 if a property has one value only, or a value for each clip. The p-value is the share of
 * {@value #PERMUTATIONS} random reassignments of the second property, and the one observed, whose
 * chi-squared is at least as great.
 *
 * <p>Cramér's V with the correction of Bergsma, "A bias-correction for Cramér's V and Tschuprow's
 * T", Journal of the Korean Statistical Society 42, 2013.
 *
 * @param v in [0, 1]
 * @param pValue in (0, 1]
 */
record Contingency(double v, double pValue) {

  static final int PERMUTATIONS = 999;

  /** What rounding may do to a sum. */
  private static final double ROUNDING = 1e-9;

  /** Measures two properties, one value of each for each clip. */
  static Contingency of(List<String> first, List<String> second, long seed) {
    int[] rows = numbered(first);
    int[] columns = numbered(second);
    int rowCount = count(rows);
    int columnCount = count(columns);
    int n = rows.length;
    if (n < 2 || rowCount < 2 || columnCount < 2) {
      return new Contingency(0, 1);
    }
    double observed = meanSquare(rows, columns, rowCount, columnCount);
    int asGreat = 1;
    SplittableRandom random = new SplittableRandom(seed);
    for (int p = 0; p < PERMUTATIONS; p++) {
      shuffle(columns, random);
      if (meanSquare(rows, columns, rowCount, columnCount) >= observed - ROUNDING) {
        asGreat++;
      }
    }
    double r = rowCount - 1;
    double k = columnCount - 1;
    double corrected = Math.max(0, observed - r * k / (n - 1));
    double scale = Math.min(r - r * r / (n - 1), k - k * k / (n - 1));
    double v = scale <= ROUNDING ? 0 : Math.min(1, Math.sqrt(corrected / scale));
    return new Contingency(v, (double) asGreat / (PERMUTATIONS + 1));
  }

  /** Returns chi2 / n: sum n_ij^2 / (n_i n_j) - 1. */
  private static double meanSquare(int[] rows, int[] columns, int rowCount, int columnCount) {
    int[][] table = new int[rowCount][columnCount];
    int[] rowSums = new int[rowCount];
    int[] columnSums = new int[columnCount];
    for (int n = 0; n < rows.length; n++) {
      table[rows[n]][columns[n]]++;
      rowSums[rows[n]]++;
      columnSums[columns[n]]++;
    }
    double sum = 0;
    for (int i = 0; i < rowCount; i++) {
      for (int j = 0; j < columnCount; j++) {
        sum += (double) table[i][j] * table[i][j] / ((double) rowSums[i] * columnSums[j]);
      }
    }
    return sum - 1;
  }

  static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }

  /** Returns numbers from 0 that are equal where values are. */
  static int[] numbered(List<String> values) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] numbered = new int[values.size()];
    for (int i = 0; i < numbered.length; i++) {
      int next = numbers.size();
      numbered[i] = numbers.computeIfAbsent(values.get(i), value -> next);
    }
    return numbered;
  }

  private static int count(int[] numbered) {
    int count = 0;
    for (int number : numbered) {
      count = Math.max(count, number + 1);
    }
    return count;
  }
}
