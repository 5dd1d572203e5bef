package dev.serenade.cli.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All numbers between two, rounded to two digits, which is as exact as a search can be.
 *
 * <p>A range that begins at 0 gives 0 one time in three: a thing that is switched off is more than
 * a small value of it.
 *
 * @param low the least, above 0 where logarithms are drawn from
 * @param high the greatest, above {@code low}
 * @param logarithmic whether logarithms are drawn from uniformly, else values
 * @param whole whether only whole numbers are of use
 */
record Range(double low, double high, boolean logarithmic, boolean whole) implements Values {

  private static final double SHARE_OF_ZERO = 1.0 / 3;

  /** How far from a value another near it lies at most, as a share of the range. */
  private static final double NEAR = 0.2;

  private static final int BINS = 3;
  private static final int DIGITS = 2;

  Range {
    if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "expected a range from a lower to a higher number, found %s:%s".formatted(low, high));
    }
    if (logarithmic && low <= 0) {
      throw new IllegalArgumentException(
          "expected a range above 0 for :log, found %s:%s:log".formatted(low, high));
    }
  }

  @Override
  public String draw(RandomGenerator random) {
    boolean zero = low == 0 && random.nextDouble() < SHARE_OF_ZERO;
    double share = random.nextDouble();
    return zero ? written(0) : written(at(share));
  }

  @Override
  public String near(String value, RandomGenerator random) {
    double position = position(Math.max(low, Math.min(high, Double.parseDouble(value))));
    if (low == 0 && random.nextDouble() < SHARE_OF_ZERO) {
      // Switch it off, or on.
      return Double.parseDouble(value) == 0 ? written(at(random.nextDouble())) : written(0);
    }
    double other = position + random.nextDouble(-NEAR, NEAR);
    return written(at(Math.max(0, Math.min(1, other))));
  }

  /** Returns the value at a share of the way from low to high. */
  private double at(double share) {
    return logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
  }

  private double position(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Rounds, but never out of the range. */
  private String written(double value) {
    double rounded =
        whole
            ? Math.rint(value)
            : new BigDecimal(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .doubleValue();
    return number(Math.max(low, Math.min(high, rounded)));
  }

  private String number(double value) {
    return whole
        ? Long.toString(Math.round(value))
        : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  @Override
  public boolean contains(String value) {
    try {
      double number = Double.parseDouble(value);
      return low <= number && number <= high && (!whole || number == Math.rint(number));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public String canonical(String value) {
    return contains(value) ? number(Double.parseDouble(value)) : value;
  }

  @Override
  public List<String> samples() {
    return List.of(number(low), number(high));
  }

  @Override
  public String bin(String value) {
    if (!contains(value)) {
      return value;
    }
    double number = Double.parseDouble(value);
    if (number == 0) {
      return number(0);
    }
    int bin = (int) Math.min(BINS - 1, BINS * position(number));
    return binText(bin);
  }

  @Override
  public List<String> bins() {
    List<String> bins = new ArrayList<>();
    if (low == 0) {
      bins.add(number(0));
    }
    for (int i = 0; i < BINS; i++) {
      bins.add(binText(i));
    }
    return bins;
  }

  private String binText(int bin) {
    return "%s to %s".formatted(written(at((double) bin / BINS)), written(at((bin + 1.0) / BINS)));
  }

  @Override
  public String text() {
    return "%s:%s%s".formatted(number(low), number(high), logarithmic ? ":log" : "");
  }
}
