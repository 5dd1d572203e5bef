package dev.serenade.evaluation.report;

import dev.serenade.evaluation.figure.Markup;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A table of texts, for page, Markdown and LaTeX; the first column names the rows.
 *
 * @param caption what it shows
 * @param header as many as columns
 * @param rows each with as many cells as the header
 */
record Table(String caption, List<String> header, List<List<String>> rows) {

  Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException(
            "%s: expected %d cells under %s, found %s"
                .formatted(caption, header.size(), header, row));
      }
    }
  }

  String markdown() {
    String rule = "| --- |" + " ---: |".repeat(header.size() - 1);
    UnaryOperator<String> escape = text -> text.replace("|", "\\|");
    String lines =
        rows.stream()
            .map(row -> line(row, escape, "| ", " | ", " |"))
            .collect(Collectors.joining());
    return "**%s**\n\n%s%s\n%s"
        .formatted(caption, line(header, escape, "| ", " | ", " |"), rule, lines);
  }

  /** Returns a LaTeX table; needs the package booktabs. */
  String latex() {
    String columns = "l" + "r".repeat(header.size() - 1);
    String lines =
        rows.stream()
            .map(row -> line(row, Table::escapeLatex, "", " & ", " \\\\"))
            .collect(Collectors.joining());
    return """
        \\begin{table}
        \\caption{%s}
        \\begin{tabular}{%s}
        \\toprule
        %s\\midrule
        %s\\bottomrule
        \\end{tabular}
        \\end{table}
        """
        .formatted(
            escapeLatex(caption),
            columns,
            line(header, Table::escapeLatex, "", " & ", " \\\\"),
            lines);
  }

  String html() {
    String lines =
        rows.stream()
            .map(row -> line(row, Markup::escape, "<tr><td>", "</td><td>", "</td></tr>"))
            .collect(Collectors.joining());
    return """
        <figure class="table"><figcaption>%s</figcaption><div class="scroll"><table>
        <thead>%s</thead>
        <tbody>%s</tbody>
        </table></div></figure>
        """
        .formatted(
            Markup.escape(caption),
            line(header, Markup::escape, "<tr><th>", "</th><th>", "</th></tr>"),
            lines);
  }

  private static String line(
      List<String> cells, UnaryOperator<String> escape, String start, String between, String end) {
    return cells.stream().map(escape).collect(Collectors.joining(between, start, end + "\n"));
  }

  private static String escapeLatex(String text) {
    return text.replaceAll("([&%$#_{}])", "\\\\$1").replace("±", "$\\pm$").replace("–", "--");
  }
}
