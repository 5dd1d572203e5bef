package dev.serenade.evaluation.comparison;

import dev.serenade.evaluation.figure.DifferenceChart;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.significance.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The figures of one run against the first. */
final class ComparisonFigures {

  private ComparisonFigures() {}

  static List<Figure> of(ComparisonSummary summary, RunComparison one) {
    return List.of(measures(one), recalls(one), speakers(summary, one));
  }

  static Figure measures(RunComparison one) {
    return chart(
        "measures",
        "%s against %s, 95 %% intervals; grey cannot be told from chance",
        one,
        one.measures().stream()
            .filter(comparison -> comparison.metric().isShare())
            .map(ComparisonFigures::row)
            .toList());
  }

  static Figure recalls(RunComparison one) {
    return chart(
        "recalls",
        "%s against %s by class, 95 %% intervals; grey cannot be told from chance",
        one,
        one.recalls().stream().map(ComparisonFigures::row).toList());
  }

  static Figure speakers(ComparisonSummary summary, RunComparison one) {
    return chart(
        "speakers",
        summary.headline().shortName() + " by speaker, %s against %s",
        one,
        one.speakers().stream()
            .map(
                speaker ->
                    new DifferenceChart.Row(
                        speaker.speaker(), 100 * (speaker.second() - speaker.first())))
            .toList());
  }

  private static Figure chart(
      String name, String title, RunComparison one, List<DifferenceChart.Row> rows) {
    return DifferenceChart.of(
        "%s-%s".formatted(name, one.second().toLowerCase(Locale.ROOT).replace(' ', '-')),
        title.formatted(one.second(), AlignedRuns.letter(0)),
        "points",
        rows);
  }

  private static DifferenceChart.Row row(Comparison comparison) {
    OptionalDouble floor = comparison.noiseFloor();
    return new DifferenceChart.Row(
        comparison.metric().shortName(),
        100 * comparison.difference(),
        OptionalDouble.of(100 * comparison.interval95().low()),
        OptionalDouble.of(100 * comparison.interval95().high()),
        floor.isPresent() ? OptionalDouble.of(100 * floor.getAsDouble()) : floor);
  }
}
