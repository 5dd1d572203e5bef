package dev.serenade.evaluation.comparison;

import dev.serenade.evaluation.Measure;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.significance.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The tables of a comparison; shares in percent, their differences in points. */
final class ComparisonTables {

  private static final int FLIPS = 15;

  private ComparisonTables() {}

  static List<Table> of(ComparisonSummary summary) {
    List<Table> tables = new ArrayList<>(List.of(runs(summary)));
    summary.comparisons().forEach(one -> tables.add(measures(summary, one)));
    summary.comparisons().forEach(one -> tables.add(recalls(one)));
    summary.comparisons().forEach(one -> tables.add(hits(one)));
    summary.comparisons().forEach(one -> tables.add(speakers(summary, one)));
    return tables;
  }

  static Table runs(ComparisonSummary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < summary.runs().runs().size(); i++) {
      ComparedRun run = summary.runs().runs().get(i);
      rows.add(
          List.of(
              AlignedRuns.letter(i),
              run.name(),
              run.title().isEmpty() ? Percent.UNDEFINED : run.title(),
              run.protocol().orElse(Percent.UNDEFINED),
              Integer.toString(summary.runs().leftOut().get(i).size())));
    }
    return new Table(
        "What is compared", 4, List.of("run", "where", "what", "protocol", "clips left out"), rows);
  }

  static Table measures(ComparisonSummary summary, RunComparison one) {
    boolean adjusted = summary.comparisons().size() > 1;
    List<List<String>> rows = new ArrayList<>();
    for (Comparison comparison : one.measures()) {
      Measure measure = comparison.metric();
      rows.add(
          List.of(
              measure.shortName() + (measure.lessIsBetter() ? " (less is better)" : ""),
              one.verdict(comparison),
              number(measure, comparison.first()),
              number(measure, comparison.second()),
              signed(measure, comparison.difference()),
              interval(comparison),
              pValue(comparison.pValue()),
              floor(comparison)));
    }
    return new Table(
        "%s against %s".formatted(one.second(), AlignedRuns.letter(0)),
        2,
        List.of(
            "measure",
            "verdict",
            AlignedRuns.letter(0),
            one.second(),
            "difference",
            "95 % interval",
            adjusted ? "p (Holm)" : "p",
            "noise floor"),
        rows);
  }

  static Table recalls(RunComparison one) {
    List<List<String>> rows =
        one.recalls().stream()
            .map(
                comparison ->
                    List.of(
                        comparison.metric().shortName(),
                        one.verdict(comparison),
                        number(comparison.metric(), comparison.first()),
                        number(comparison.metric(), comparison.second()),
                        signed(comparison.metric(), comparison.difference()),
                        interval(comparison),
                        pValue(comparison.pValue()),
                        floor(comparison)))
            .toList();
    return new Table(
        "By class, %s against %s; each class for itself"
            .formatted(one.second(), AlignedRuns.letter(0)),
        2,
        List.of(
            "class",
            "verdict",
            AlignedRuns.letter(0),
            one.second(),
            "difference",
            "95 % interval",
            "p",
            "noise floor"),
        rows);
  }

  static Table hits(RunComparison one) {
    return new Table(
        "Hits and misses, %s against %s, clips".formatted(one.second(), AlignedRuns.letter(0)),
        List.of("", "clips"),
        List.of(
            List.of(
                "only %s is right".formatted(AlignedRuns.letter(0)),
                Integer.toString(one.mcNemar().onlyFirst())),
            List.of(
                "only %s is right".formatted(one.second()),
                Integer.toString(one.mcNemar().onlySecond())),
            List.of(
                "p by McNemar, which takes clips for independent",
                pValue(one.mcNemar().pValue()))));
  }

  static Table speakers(ComparisonSummary summary, RunComparison one) {
    List<List<String>> rows =
        one.speakers().stream()
            .map(
                speaker ->
                    List.of(
                        speaker.speaker(),
                        Integer.toString(speaker.clips()),
                        number(summary.headline(), speaker.first()),
                        number(summary.headline(), speaker.second()),
                        signed(summary.headline(), speaker.second() - speaker.first())))
            .toList();
    return new Table(
        "%s by speaker, %s against %s"
            .formatted(summary.headline().shortName(), one.second(), AlignedRuns.letter(0)),
        List.of("speaker", "clips", AlignedRuns.letter(0), one.second(), "difference"),
        rows);
  }

  /** The clips that one run gets right and the other wrong, those it was surest of first. */
  static Table flips(RunComparison one, List<RunComparison.Flip> flips, String right) {
    String wrong = right.equals(one.second()) ? AlignedRuns.letter(0) : one.second();
    boolean secondIsWrong = wrong.equals(one.second());
    Comparator<RunComparison.Flip> surest =
        Comparator.comparingDouble(
            flip -> -(secondIsWrong ? flip.second() : flip.first()).probabilities().confidence());
    List<List<String>> rows =
        flips.stream()
            .sorted(surest.thenComparing(flip -> flip.first().clip()))
            .limit(FLIPS)
            .map(
                flip ->
                    List.of(
                        flip.first().clip(),
                        flip.first().speaker(),
                        flip.first().actual(),
                        (secondIsWrong ? flip.second() : flip.first()).predicted(),
                        Percent.of(flip.first().probabilities().confidence()),
                        Percent.of(flip.second().probabilities().confidence())))
            .toList();
    return new Table(
        "%s is right, %s is wrong: %d clips%s"
            .formatted(
                right,
                wrong,
                flips.size(),
                flips.size() > FLIPS
                    ? ", of which those that %s was surest of".formatted(wrong)
                    : ""),
        4,
        List.of(
            "clip",
            "speaker",
            "actual",
            wrong + " says",
            "%s is sure, %%".formatted(AlignedRuns.letter(0)),
            "%s is sure, %%".formatted(one.second())),
        rows);
  }

  static String number(Measure measure, double value) {
    return measure.isShare() ? Percent.of(value) : String.format(Locale.ROOT, "%.3f", value);
  }

  static String signed(Measure measure, double value) {
    return String.format(
        Locale.ROOT,
        measure.isShare() ? "%+.1f" : "%+.3f",
        measure.isShare() ? 100 * value : value);
  }

  static String interval(Comparison comparison) {
    return "%s to %s"
        .formatted(
            signed(comparison.metric(), comparison.interval95().low()),
            signed(comparison.metric(), comparison.interval95().high()));
  }

  static String floor(Comparison comparison) {
    OptionalDouble floor = comparison.noiseFloor();
    return floor.isPresent() ? number(comparison.metric(), floor.getAsDouble()) : Percent.UNDEFINED;
  }

  static String pValue(double p) {
    return p < 0.0005
        ? String.format(Locale.ROOT, "%.4f", p)
        : String.format(Locale.ROOT, "%.3f", p);
  }
}
