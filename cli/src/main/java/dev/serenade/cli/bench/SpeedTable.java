package dev.serenade.cli.bench;

import dev.serenade.cli.console.WordConverter;
import dev.serenade.speed.Machine;
import dev.serenade.speed.SpeedCase;
import dev.serenade.speed.SpeedResult;
import dev.serenade.speed.Stage;
import dev.serenade.speed.StageShares;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What was measured, in a few lines: milliseconds for each clip, and what they amount to. */
final class SpeedTable {

  private static final String ROW = "%5s %5s %4s %6s %9s %7s %6s %7s %8s %7s %5s%n";

  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** A clip of this length sums up a result, if it was measured. */
  private static final double TYPICAL_SECONDS = 3;

  private SpeedTable() {}

  static void write(SpeedResult result, Machine machine, PrintWriter out) {
    out.printf(
        "%s: %s to block %d, window %s, %s%n",
        result.model(),
        result.encoder(),
        result.layer(),
        result.window().mode().name().toLowerCase(Locale.ROOT),
        threads(result));
    out.printf(
        Locale.ROOT,
        "%s, %d processors: %.0f GFLOP/s in products of matrices at its best%n%n",
        machine.processor(),
        machine.processors(),
        result.matrixGigaflops());
    out.println("milliseconds for each clip, the best of " + rounds(result));
    out.printf(
        ROW,
        "clip",
        "batch",
        "in",
        "decode",
        "front end",
        "blocks",
        "head",
        "total",
        "x faster",
        "GFLOP/s",
        "rate");
    List<SpeedCase> totals = result.of(Stage.TOTAL);
    List<SpeedCase> encoders = result.of(Stage.ENCODER);
    List<StageShares> shares = result.shares();
    for (int i = 0; i < totals.size(); i++) {
      row(totals.get(i), encoders.get(i), shares.get(i), out);
    }
    out.println();
    result
        .trainingStep()
        .ifPresentOrElse(
            times ->
                out.printf(
                    Locale.ROOT,
                    "a step of training, 16 clips of 4.5 s: %s ms%n",
                    number(times.best())),
            () -> out.println("a step of training: not measured, there is no training engine"));
    out.println(
        result.startupSeconds().isPresent()
            ? String.format(
                Locale.ROOT,
                "from the start of a process to its first result: %.2f s",
                result.startupSeconds().getAsDouble())
            : "from the start of a process to its first result: not measured, there was none");
    out.printf(
        Locale.ROOT,
        "memory, the most that recognition held: %.0f MB%n%n",
        result.peakResidentBytes() / BYTES_PER_MEGABYTE);
    out.println(summary(result));
    out.flush();
  }

  private static void row(SpeedCase total, SpeedCase encoder, StageShares shares, PrintWriter out) {
    out.printf(
        ROW,
        seconds(total.seconds()) + " s",
        total.batch(),
        WordConverter.word(total.precision()),
        number(shares.decode()),
        number(shares.frontEnd()),
        number(shares.blocks()),
        number(shares.head()),
        number(total.milliseconds()),
        String.format(Locale.ROOT, "%.0f", 1 / total.realTimeFactor()),
        String.format(Locale.ROOT, "%.0f", encoder.gigaflops().orElseThrow()),
        percent(encoder.shareOfMatrixRate().orElseThrow()));
  }

  /** Returns what to remember of it. */
  static String summary(SpeedResult result) {
    List<SpeedCase> totals = result.of(Stage.TOTAL);
    int typical = 0;
    for (int i = totals.size() - 1; i >= 0; i--) {
      if (totals.get(i).seconds() == TYPICAL_SECONDS && totals.get(i).batch() == 1) {
        typical = i;
      }
    }
    SpeedCase total = totals.get(typical);
    return String.format(
        Locale.ROOT,
        "A clip of %s s takes %s ms, %.0f x faster than it lasts; the encoder runs at %s of the"
            + " machine's matrix rate, and all else takes %s of the time.",
        seconds(total.seconds()),
        number(total.milliseconds()),
        1 / total.realTimeFactor(),
        percent(result.of(Stage.ENCODER).get(typical).shareOfMatrixRate().orElseThrow()),
        percent(result.shares().get(typical).outsideEncoder()));
  }

  private static String threads(SpeedResult result) {
    int threads = result.settings().session().threads();
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  private static String rounds(SpeedResult result) {
    int rounds = result.settings().rounds();
    return rounds == 1 ? "1 round" : rounds + " rounds";
  }

  private static String seconds(double seconds) {
    return seconds == Math.rint(seconds)
        ? Integer.toString((int) seconds)
        : Double.toString(seconds);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** Returns a time with as many digits as it is worth. */
  private static String number(double milliseconds) {
    return String.format(Locale.ROOT, milliseconds < 10 ? "%.2f" : "%.1f", milliseconds);
  }
}
