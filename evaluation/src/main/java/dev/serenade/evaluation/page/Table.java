package dev.serenade.evaluation.page;

import dev.serenade.evaluation.figure.Markup;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A table of texts, for page, Markdown and LaTeX.
 *
 * @param caption what it shows
 * @param words how many columns, from the left, hold words; the others hold numbers
 * @param header as many as columns
 * @param rows each with as many cells as the header
 */
public record Table(String caption, int words, List<String> header, List<List<String>> rows) {

  /** Checks that every row is as wide as the header. */
  public Table {
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

  /** A table whose first column names the rows, and whose others hold numbers. */
  public Table(String caption, List<String> header, List<List<String>> rows) {
    this(caption, 1, header, rows);
  }

  /** Returns a Markdown table with its caption above. */
  public String markdown() {
    String rule = "|" + " --- |".repeat(words) + " ---: |".repeat(header.size() - words);
    UnaryOperator<String> escape = text -> text.replace("|", "\\|");
    String lines =
        rows.stream()
            .map(row -> line(row, escape, "| ", " | ", " |"))
            .collect(Collectors.joining());
    return "**%s**\n\n%s%s\n%s"
        .formatted(caption, line(header, escape, "| ", " | ", " |"), rule, lines);
  }

  /** Returns a LaTeX table; needs the package booktabs. */
  public String latex() {
    String columns = "l".repeat(words) + "r".repeat(header.size() - words);
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

  /** Returns an element of an {@link HtmlPage}. */
  public String html() {
    return """
        <figure class="table"><figcaption>%s</figcaption><div class="scroll"><table>
        <thead>%s</thead>
        <tbody>%s</tbody>
        </table></div></figure>
        """
        .formatted(
            Markup.escape(caption),
            htmlRow("th", header),
            rows.stream().map(row -> htmlRow("td", row)).collect(Collectors.joining()));
  }

  private String htmlRow(String element, List<String> cells) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      String kind = i < words ? " class=\"word\"" : "";
      row.append("<%1$s%2$s>%3$s</%1$s>".formatted(element, kind, Markup.escape(cells.get(i))));
    }
    return row.append("</tr>\n").toString();
  }

  private static String line(
      List<String> cells, UnaryOperator<String> escape, String start, String between, String end) {
    return cells.stream().map(escape).collect(Collectors.joining(between, start, end + "\n"));
  }

  private static String escapeLatex(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      escaped.append(
          switch (c) {
            case '&', '%', '$', '#', '_', '{', '}' -> "\\" + c;
            case '\\' -> "\\textbackslash{}";
            case '^' -> "\\textasciicircum{}";
            case '~' -> "\\textasciitilde{}";
            case '±' -> "$\\pm$";
            case '–' -> "--";
            default -> String.valueOf(c);
          });
    }
    return escaped.toString();
  }
}
