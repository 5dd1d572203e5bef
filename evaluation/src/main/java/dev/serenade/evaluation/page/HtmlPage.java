package dev.serenade.evaluation.page;

import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.FigureStyle;
import dev.serenade.evaluation.figure.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds one page that holds all it needs, and opens without a network. Not thread-safe. */
public final class HtmlPage {

  private final String title;
  private final StringBuilder body = new StringBuilder();

  /** Begins an empty page. */
  public HtmlPage(String title) {
    this.title = title;
  }

  /** Adds what must be read first; nothing if there is none. */
  public HtmlPage caveats(List<String> caveats) {
    caveats.forEach(
        caveat -> body.append("<p class=\"caveat\">%s</p>\n".formatted(Markup.escape(caveat))));
    return this;
  }

  /** Adds the title, with a line below it. */
  public HtmlPage heading(String subtitle) {
    body.append(
        "<header><h1>%s</h1><p>%s</p></header>\n"
            .formatted(Markup.escape(title), Markup.escape(subtitle)));
    return this;
  }

  /** A number that stands out, with what it is above, and more about it below. */
  public record Card(String name, String number, String more) {}

  /** Adds numbers that stand out, side by side. */
  public HtmlPage cards(List<Card> cards) {
    body.append("<div class=\"cards\">\n");
    for (Card card : cards) {
      body.append(
          "<div class=\"card\"><span>%s</span><strong>%s</strong><small>%s</small></div>\n"
              .formatted(
                  Markup.escape(card.name()),
                  Markup.escape(card.number()),
                  Markup.escape(card.more())));
    }
    body.append("</div>\n");
    return this;
  }

  /** Begins a part with a title and a sentence on how to read it. */
  public HtmlPage section(String name, String explanation) {
    body.append(
        "<h2>%s</h2><p class=\"how\">%s</p>\n"
            .formatted(Markup.escape(name), Markup.escape(explanation)));
    return this;
  }

  /** Adds a paragraph of text. */
  public HtmlPage paragraph(String text) {
    body.append("<p class=\"text\">%s</p>\n".formatted(Markup.escape(text)));
    return this;
  }

  /** Adds a link to a page beside or below this one. */
  public HtmlPage link(String target, String text) {
    body.append(
        "<p class=\"how\"><a href=\"%s\">%s</a></p>\n"
            .formatted(Markup.escape(target), Markup.escape(text)));
    return this;
  }

  /** Sets figures and tables side by side where the page is wide enough. */
  public HtmlPage row(List<Figure> figures, List<Table> tables) {
    body.append("<div class=\"row\">\n");
    for (Figure figure : figures) {
      body.append(
          "<figure><figcaption>%s</figcaption>%s</figure>\n"
              .formatted(Markup.escape(figure.title()), figure.embedded()));
    }
    tables.forEach(table -> body.append(table.html()));
    body.append("</div>\n");
    return this;
  }

  /** Sets tables below each other, each as wide as the page. */
  public HtmlPage tables(List<Table> tables) {
    tables.forEach(table -> row(List.of(), List.of(table)));
    return this;
  }

  @Override
  public String toString() {
    return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s%s</style></head><body><main>
        %s</main></body></html>
        """
        .formatted(Markup.escape(title), resource("page.css"), FigureStyle.css(), body);
  }

  private static String resource(String name) {
    try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing from the jar of " + HtmlPage.class);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
