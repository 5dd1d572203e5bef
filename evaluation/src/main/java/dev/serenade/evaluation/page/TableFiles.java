package dev.serenade.evaluation.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code tables.md} and {@code tables.tex}; caveats are their first lines. */
public final class TableFiles {

  private TableFiles() {}

  /** Writes both files into a folder. */
  public static void write(Path folder, String title, List<String> caveats, List<Table> tables)
      throws IOException {
    String quotes = caveats.stream().map(c -> "> " + c + "\n\n").collect(Collectors.joining());
    String comments = caveats.stream().map(c -> "% " + c + "\n").collect(Collectors.joining());
    Files.writeString(
        folder.resolve("tables.md"),
        tables.stream()
            .map(Table::markdown)
            .collect(Collectors.joining("\n", quotes + "# " + title + "\n\n", "")));
    Files.writeString(
        folder.resolve("tables.tex"),
        tables.stream().map(Table::latex).collect(Collectors.joining("\n", comments, "")));
  }
}
