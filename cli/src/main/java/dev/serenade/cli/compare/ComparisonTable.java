package dev.serenade.cli.compare;

import dev.serenade.evaluation.comparison.AlignedRuns;
import dev.serenade.evaluation.comparison.ComparedRun;
import dev.serenade.evaluation.comparison.ComparisonSummary;
import dev.serenade.evaluation.comparison.RunComparison;
import dev.serenade.evaluation.significance.Comparison;
import java.io.PrintWriter;
import java.util.Locale;

/** A comparison in a few lines. */
final class ComparisonTable {

  private static final String ROW = "%-20s %7s %7s %7s %18s %7s %6s  %s%n";

  private ComparisonTable() {}

  static void write(ComparisonSummary summary, PrintWriter out) {
    for (int i = 0; i < summary.runs().runs().size(); i++) {
      ComparedRun run = summary.runs().runs().get(i);
      out.println(
          AlignedRuns.letter(i)
              + "  "
              + run.name()
              + (run.title().isEmpty() ? "" : "  (" + run.title() + ")"));
    }
    out.printf(
        Locale.ROOT,
        "%d clips of %d speakers, who can show p = %s at the least%s%n",
        summary.clips(),
        summary.speakers(),
        pValue(summary.leastPValue()),
        summary.comparisons().size() > 1
            ? "; p is adjusted for several comparisons (Holm), the floor is that of one"
            : "");
    for (RunComparison one : summary.comparisons()) {
      out.println();
      out.printf(
          ROW,
          "",
          AlignedRuns.letter(0),
          one.second(),
          "diff.",
          "95 % interval",
          "p",
          "floor",
          "verdict");
      one.measures().forEach(comparison -> row(one, comparison, out));
      out.printf(
          Locale.ROOT,
          "only %s is right on %d clips, only %s on %d; McNemar's p, clips taken for independent, is"
              + " %s%n",
          AlignedRuns.letter(0),
          one.mcNemar().onlyFirst(),
          one.second(),
          one.mcNemar().onlySecond(),
          pValue(one.mcNemar().pValue()));
    }
    out.flush();
  }

  private static void row(RunComparison one, Comparison comparison, PrintWriter out) {
    boolean share = comparison.metric().isShare();
    int scale = share ? 100 : 1;
    String plain = share ? "%.1f" : "%.3f";
    String signed = share ? "%+.1f" : "%+.3f";
    out.printf(
        ROW,
        comparison.metric().shortName() + (share ? ", %" : ""),
        number(plain, scale * comparison.first()),
        number(plain, scale * comparison.second()),
        number(signed, scale * comparison.difference()),
        number(signed, scale * comparison.interval95().low())
            + " to "
            + number(signed, scale * comparison.interval95().high()),
        pValue(comparison.pValue()),
        comparison.noiseFloor().isPresent()
            ? number(plain, scale * comparison.noiseFloor().getAsDouble())
            : "-",
        one.verdict(comparison));
  }

  private static String pValue(double p) {
    return number(p < 0.0005 ? "%.4f" : "%.3f", p);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
