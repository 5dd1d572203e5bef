package dev.serenade.analysis;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as they are written in JSON and CSV, in any locale. */
public final class Decimals {

  private static final int SCORE_DECIMALS = 6;
  private static final int SECONDS_DECIMALS = 3;

  private Decimals() {}

  /** Returns a probability to a millionth. */
  public static BigDecimal score(double score) {
    return rounded(score, SCORE_DECIMALS);
  }

  /** Returns a time to a millisecond. */
  public static BigDecimal seconds(double seconds) {
    return rounded(seconds, SECONDS_DECIMALS);
  }

  /** Without zeros at the end, save the one after the point: 2.5, 4.0. */
  private static BigDecimal rounded(double value, int decimals) {
    BigDecimal rounded =
        BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.scale() < 1 ? rounded.setScale(1) : rounded;
  }
}
