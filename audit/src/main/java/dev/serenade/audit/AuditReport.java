package dev.serenade.audit;

import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.IntervalChart;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.ReportFolder;
import dev.serenade.evaluation.page.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an audit's folder: {@code audit.json}, {@code audit.html}, {@code figures/*.svg}. */
public final class AuditReport {

  /** The file for programs. */
  public static final String JSON = "audit.json";

  private static final int MOST_OF_A_CHECK = 25;

  private AuditReport() {}

  /** Writes the folder, in place of an earlier audit there. */
  public static void write(AuditResult result, Path folder) throws IOException {
    ReportFolder.write(
        folder,
        JSON,
        unfinished -> {
          Files.writeString(unfinished.resolve(JSON), AuditJson.of(result));
          Files.writeString(unfinished.resolve("audit.html"), page(result));
          for (Figure figure : figures(result)) {
            Files.writeString(
                unfinished.resolve("figures").resolve(figure.name() + ".svg"), figure.standalone());
          }
        });
  }

  static String page(AuditResult result) {
    HtmlPage page =
        new HtmlPage("Audit of " + result.corpus().name())
            .caveats(
                result.findings(Severity.FATAL).stream().limit(3).map(Finding::message).toList())
            .heading(
                "%d clips, %d speakers, %d emotions. Split: %s"
                    .formatted(
                        result.corpus().utterances().size(),
                        result.corpus().speakers().size(),
                        result.corpus().emotions().size(),
                        result.protocol().statement()))
            .cards(cards(result));
    List<Severity> worstFirst =
        Arrays.stream(Severity.values()).sorted(Comparator.reverseOrder()).toList();
    for (Severity severity : worstFirst) {
      if (severity != Severity.OK && !result.findings(severity).isEmpty()) {
        page.section(heading(severity), explanation(severity))
            .tables(List.of(findings(result.findings(severity))));
      }
    }
    List<Figure> figures = figures(result);
    if (!figures.isEmpty()) {
      page.section(
              "Shortcuts",
              "How well one cue alone, without the voice, predicts the class under this split: recall"
                  + " averaged over classes, of a small model that is fitted on the training side of every"
                  + " fold and tested on the other. The line is chance; the interval shows how the number"
                  + " would vary with other speakers, and with fewer than ten it is too narrow.")
          .row(figures, List.of(shortcuts(result)));
    }
    if (!result.findings(Severity.OK).isEmpty()) {
      page.section("In order", explanation(Severity.OK))
          .tables(List.of(inOrder(result.findings(Severity.OK))));
    }
    return page.section(
            "How findings are judged",
            "Every severity follows from these rules; audit.json holds each measure.")
        .tables(List.of(SeverityRules.table()))
        .toString();
  }

  private static List<HtmlPage.Card> cards(AuditResult result) {
    return List.of(
        card(result, Severity.FATAL, "Fatal", "numbers on this split cannot be believed"),
        card(result, Severity.WARNING, "Warnings", "see to them, or report them"),
        card(result, Severity.NOTE, "Notes", "to know when numbers are read"),
        card(result, Severity.OK, "In order", "looked for and not found"));
  }

  private static HtmlPage.Card card(
      AuditResult result, Severity severity, String name, String more) {
    return new HtmlPage.Card(name, Integer.toString(result.findings(severity).size()), more);
  }

  private static String heading(Severity severity) {
    return switch (severity) {
      case FATAL -> "Fatal";
      case WARNING -> "Warnings";
      case NOTE -> "Notes";
      case OK -> "In order";
    };
  }

  private static String explanation(Severity severity) {
    return switch (severity) {
      case FATAL -> "Numbers made on this split do not say how well a model does on new speakers.";
      case WARNING ->
          "Numbers may be too good or too bad for these reasons: see to them, or report them.";
      case NOTE -> "Worth knowing when numbers are read or reported.";
      case OK -> "Looked for, and not found.";
    };
  }

  private static Table findings(List<Finding> findings) {
    Map<String, List<Finding>> byCheck = new LinkedHashMap<>();
    findings.forEach(
        finding ->
            byCheck.computeIfAbsent(finding.check(), check -> new ArrayList<>()).add(finding));
    List<List<String>> rows = new ArrayList<>();
    byCheck.forEach(
        (check, all) -> {
          for (Finding finding : all.subList(0, Math.min(MOST_OF_A_CHECK, all.size()))) {
            rows.add(List.of(check, finding.message(), finding.advice()));
          }
          if (all.size() > MOST_OF_A_CHECK) {
            rows.add(
                List.of(
                    check,
                    "and %d more of this kind; see audit.json"
                        .formatted(all.size() - MOST_OF_A_CHECK),
                    ""));
          }
        });
    return new Table(
        "Findings", 3, List.of("check", "what was found", "what it means, what to do"), rows);
  }

  private static Table inOrder(List<Finding> findings) {
    return new Table(
        "Checks",
        2,
        List.of("check", "what was found"),
        findings.stream().map(finding -> List.of(finding.check(), finding.message())).toList());
  }

  private static Table shortcuts(AuditResult result) {
    return new Table(
        "Recall from one cue alone, %",
        List.of("cue", "UA", "95 % interval", "chance", "judged"),
        result.shortcuts().stream()
            .map(
                shortcut ->
                    List.of(
                        shortcut.cue().name(),
                        Percent.of(shortcut.recall()),
                        Percent.of(shortcut.interval95()),
                        Percent.of(shortcut.chance()),
                        ShortcutCheck.severity(shortcut).key()))
            .toList());
  }

  private static List<Figure> figures(AuditResult result) {
    if (result.shortcuts().isEmpty()) {
      return List.of();
    }
    return List.of(
        IntervalChart.of(
            "shortcuts",
            "Recall from one cue alone",
            "unweighted average recall, %",
            "chance",
            result.shortcuts().get(0).chance(),
            result.shortcuts().stream()
                .map(
                    shortcut ->
                        new IntervalChart.Row(
                            shortcut.cue().name(), shortcut.recall(), shortcut.interval95()))
                .toList()));
  }
}
