package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * McNemar's test of two runs' hits and misses, clip by clip, exact.
 *
 * <p>If the runs were equally good, a clip that only one of them gets right would be as likely the
 * one's as the other's: of n = b + c such clips, the smaller count has a binomial distribution,
 *
 * <pre>{@code
 * p = min(1, 2 P(X <= min(b, c))),   X ~ Binomial(n, 1/2)
 * }</pre>
 *
 * <p>It takes clips for independent. One speaker's are not, so its p-value is too small where
 * speakers differ; {@link PairedTest} is the one to believe.
 *
 * <p>McNemar, "Note on the sampling error of the difference between correlated proportions or
 * percentages", Psychometrika 12, 1947.
 *
 * @param onlyFirst b, how many clips only the first run gets right
 * @param onlySecond c, how many clips only the second run gets right
 */
public record McNemar(int onlyFirst, int onlySecond) {

  /** Counts the clips of two runs over the same clips, each once. */
  public static McNemar of(Predictions first, Predictions second) {
    Map<String, Boolean> hits = new HashMap<>();
    first.asList().forEach(prediction -> hits.put(prediction.clip(), prediction.correct()));
    int onlyFirst = 0;
    int onlySecond = 0;
    for (Prediction prediction : second.asList()) {
      boolean hit = Objects.requireNonNull(hits.get(prediction.clip()), prediction::clip);
      onlyFirst += hit && !prediction.correct() ? 1 : 0;
      onlySecond += !hit && prediction.correct() ? 1 : 0;
    }
    return new McNemar(onlyFirst, onlySecond);
  }

  /** Returns the exact two-sided p-value; 1 if the runs never differ. */
  public double pValue() {
    int n = onlyFirst + onlySecond;
    double sum = 0;
    double logCoefficient = 0;
    for (int k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
      // In logarithms, as 2^-n is 0 in doubles from n = 1075 on.
      sum += Math.exp(logCoefficient - n * Math.log(2));
      logCoefficient += Math.log((double) (n - k) / (k + 1));
    }
    return Math.min(1, 2 * sum);
  }
}
