package dev.serenade.cli.audit;

import dev.serenade.audit.AuditResult;
import dev.serenade.audit.Finding;
import dev.serenade.audit.Severity;
import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Findings for people: severity, check, and the message, broken where the terminal ends. */
final class FindingLines {

  private static final int SEVERITY_WIDTH = 9;
  private static final int GAP = 2;
  private static final int LEAST_MESSAGE_WIDTH = 30;
  private static final int MOST_OF_A_CHECK = 10;

  private final Display display;

  FindingLines(Display display) {
    this.display = display;
  }

  /** Writes all findings, and how many there are of each severity. */
  void write(AuditResult result, PrintWriter out) {
    int checkWidth =
        GAP + result.findings().stream().mapToInt(f -> Text.width(f.check())).max().orElse(0);
    int width = Math.max(LEAST_MESSAGE_WIDTH, display.columns() - SEVERITY_WIDTH - checkWidth - 1);
    Map<String, Integer> written = new HashMap<>();
    for (Finding finding : result.findings()) {
      int before = written.merge(finding.check(), 1, Integer::sum) - 1;
      if (before < MOST_OF_A_CHECK) {
        write(finding, finding.message(), checkWidth, width, out);
      } else if (before == MOST_OF_A_CHECK) {
        long all =
            result.findings().stream().filter(f -> f.check().equals(finding.check())).count();
        String more = "and %d more; see --format json".formatted(all - MOST_OF_A_CHECK);
        write(finding, more, checkWidth, width, out);
      }
    }
    out.println(
        "%d fatal, %d warnings, %d notes, %d in order; split: %s"
            .formatted(
                result.findings(Severity.FATAL).size(),
                result.findings(Severity.WARNING).size(),
                result.findings(Severity.NOTE).size(),
                result.findings(Severity.OK).size(),
                Text.printable(result.protocol().name())));
  }

  private static void write(
      Finding finding, String message, int checkWidth, int width, PrintWriter out) {
    String start =
        Text.left(finding.severity().key(), SEVERITY_WIDTH)
            + Text.left(finding.check(), checkWidth);
    for (String line : broken(Text.printable(message), width)) {
      out.println(start + line);
      start = " ".repeat(SEVERITY_WIDTH + checkWidth);
    }
  }

  /** Breaks a text between words; a word that is longer than a line has a line of its own. */
  private static List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && Text.width(longer) > width) {
        lines.add(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.add(line);
    return lines;
  }
}
