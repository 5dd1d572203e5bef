package dev.serenade.recognition.confidence;

/**
 * How high a rate of errors may really be, of which k were seen in n independent draws: the upper
 * bound of Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case
 * of the binomial", Biometrika 1934. It is the u at which so few errors have only probability d:
 *
 * <pre>{@code
 * sum_i=0..k (n over i) u^i (1 - u)^(n - i) = d
 * }</pre>
 *
 * <p>The sum falls as u grows, so bisection finds u.
 */
final class BinomialBound {

  private static final int HALVINGS = 50;

  private BinomialBound() {}

  /**
   * Returns the bound, in (0, 1].
   *
   * @param errors k, from 0 to n
   * @param draws n, at least 1
   * @param doubt d, how probable a higher rate may be, in (0, 1)
   */
  static double upper(int errors, int draws, double doubt) {
    if (errors < 0 || errors > draws || draws < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 draw and from 0 to as many errors, found %d and %d"
              .formatted(draws, errors));
    }
    if (errors == draws) {
      return 1;
    }
    double low = (double) errors / draws;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (probabilityOfAtMost(errors, draws, middle) > doubt) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * Returns the sum, for a rate above 0 and below 1; terms by their logarithms, as n may be large.
   */
  private static double probabilityOfAtMost(int errors, int draws, double rate) {
    double odds = Math.log(rate) - Math.log1p(-rate);
    double logTerm = draws * Math.log1p(-rate);
    double sum = Math.exp(logTerm);
    for (int i = 1; i <= errors; i++) {
      logTerm += Math.log((double) (draws - i + 1) / i) + odds;
      sum += Math.exp(logTerm);
    }
    return sum;
  }
}
