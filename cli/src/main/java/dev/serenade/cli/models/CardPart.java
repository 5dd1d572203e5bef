package dev.serenade.cli.models;

import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Table;
import java.util.List;
import java.util.stream.Collectors;

/** A part of a card: a title, paragraphs, then tables. */
record CardPart(String title, List<String> paragraphs, List<Table> tables) {

  CardPart {
    paragraphs = List.copyOf(paragraphs);
    tables = List.copyOf(tables);
  }

  CardPart(String title, String... paragraphs) {
    this(title, List.of(paragraphs), List.of());
  }

  String markdown() {
    return "## %s\n\n".formatted(title)
        + paragraphs.stream().map(text -> text + "\n\n").collect(Collectors.joining())
        + tables.stream().map(table -> table.markdown() + "\n").collect(Collectors.joining());
  }

  void addTo(HtmlPage page) {
    page.section(title, "");
    paragraphs.forEach(page::paragraph);
    page.tables(tables);
  }
}
