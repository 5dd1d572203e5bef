package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.page.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the first page of several grids, such as one for each encoder: the best of each row side
 * by side, as the paper's table 1, and a link to each grid's own report, which lies in a folder
 * below. {@code report.html}, {@code tables.md} and {@code tables.tex}.
 */
public final class OverviewReport {

  /**
   * One of the grids.
   *
   * @param name of the grid's folder below the overview's
   * @param summary what {@link GridReport#write} gave
   */
  public record Part(String name, GridSummary summary) {}

  private OverviewReport() {}

  /**
   * Writes the overview to a folder, in place of an earlier one there; other files are kept.
   *
   * @param parts at least one
   */
  public static void write(String title, List<Part> parts, Path folder) throws IOException {
    List<String> caveats =
        parts.stream()
            .flatMap(part -> part.summary().grid().caveats().stream())
            .distinct()
            .toList();
    List<Table> tables = new ArrayList<>();
    HtmlPage page =
        new HtmlPage(title)
            .caveats(caveats)
            .heading(parts.get(0).summary().grid().cells().get(0).run().protocol());
    for (Part part : parts) {
      List<Table> ofPart = GridTables.shortOf(part.summary());
      Figure bars = GridFigures.bars(part.summary(), Metric.UNWEIGHTED_AVERAGE_RECALL);
      tables.addAll(ofPart);
      page.section(part.summary().grid().title(), "Mean over folds, with deviation over folds.")
          .link(part.name() + "/report.html", "All runs, curves and confusion matrices")
          .row(List.of(bars), List.of())
          .tables(ofPart);
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.html"), page.toString());
    TableFiles.write(folder, title, caveats, tables);
  }
}
