package dev.serenade.stress;

import java.util.Locale;

/**
 * What a test asks of a number.
 *
 * @param bound on which side of the limit the number must lie
 * @param limit which still passes
 */
public record Threshold(Bound bound, double limit) {

  /** Which numbers pass. */
  public enum Bound {
    AT_LEAST("≥ %.1f"),
    AT_MOST("≤ %.1f"),
    /** In either direction. */
    WITHIN("± %.1f");

    private final String format;

    Bound(String format) {
      this.format = format;
    }

    /** Returns the name in files, such as {@code at-least}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Numbers this close are equal but for the order of additions. */
  private static final double ROUNDING = 1e-12;

  static Threshold atLeast(double limit) {
    return new Threshold(Bound.AT_LEAST, limit);
  }

  static Threshold atMost(double limit) {
    return new Threshold(Bound.AT_MOST, limit);
  }

  static Threshold within(double limit) {
    return new Threshold(Bound.WITHIN, limit);
  }

  /** Returns whether a number passes; NaN never does. */
  public boolean isMetBy(double value) {
    return switch (bound) {
      case AT_LEAST -> value >= limit - ROUNDING;
      case AT_MOST -> value <= limit + ROUNDING;
      case WITHIN -> Math.abs(value) <= limit + ROUNDING;
    };
  }

  /** Returns it for people, in percent or points. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, bound.format, 100 * limit);
  }
}
