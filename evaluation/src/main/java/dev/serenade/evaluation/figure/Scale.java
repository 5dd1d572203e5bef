package dev.serenade.evaluation.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear map from values to pixels.
 *
 * @param least the value at pixel {@code from}
 * @param greatest the value at pixel {@code to}, above {@code least}
 */
record Scale(double least, double greatest, double from, double to) {

  Scale {
    if (!(least < greatest)) {
      throw new IllegalArgumentException(
          "expected an axis from a lower to a higher value, found %s to %s"
              .formatted(least, greatest));
    }
  }

  /**
   * Returns a scale whose ends are ticks and which holds the values, even if they are all equal.
   */
  static Scale around(double least, double greatest, double from, double to) {
    double room = greatest > least ? 0 : Math.max(Math.abs(least), 1) / 2;
    double step = step(greatest - least + 2 * room);
    return new Scale(
        Math.floor((least - room) / step) * step,
        Math.ceil((greatest + room) / step) * step,
        from,
        to);
  }

  double at(double value) {
    return from + (value - least) / (greatest - least) * (to - from);
  }

  /** Returns the multiples of a round step that lie within. */
  List<Double> ticks() {
    double step = step(greatest - least);
    List<Double> ticks = new ArrayList<>();
    // A little room at both ends, as rounding may put a tick just outside.
    for (long n = Math.round(Math.ceil(least / step - 1e-9));
        n * step < greatest + step / 1e6;
        n++) {
      ticks.add(n * step);
    }
    return ticks;
  }

  /** Returns a tick as text, with as many digits as tell ticks apart. */
  String label(double tick) {
    double step = step(greatest - least);
    int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", tick == 0 ? 0.0 : tick);
  }

  /** Returns 1, 2 or 5 times a power of ten, so that four to ten steps fill the range. */
  private static double step(double range) {
    double power = Math.pow(10, Math.floor(Math.log10(range / 4)));
    double multiple = range / 4 / power;
    return power * (multiple >= 5 ? 5 : multiple >= 2 ? 2 : 1);
  }
}
