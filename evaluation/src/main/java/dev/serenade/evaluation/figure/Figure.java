package dev.serenade.evaluation.figure;

/**
 * A drawing with its title.
 *
 * @param name the file's name without its ending
 * @param title what it shows, in a few words
 * @param width in pixels
 * @param height in pixels
 * @param body the SVG elements within
 */
public record Figure(String name, String title, double width, double height, String body) {

  static Figure of(String name, String title, Svg svg) {
    return new Figure(name, title, svg.width(), svg.height(), svg.body());
  }

  /** Returns the SVG for a page that holds {@link FigureStyle#css()} itself. */
  public String embedded() {
    return svg("", body);
  }

  /** Returns an SVG file that brings its own style, background and title. */
  public String standalone() {
    String style = "<style>\n%s</style>\n".formatted(FigureStyle.css());
    String page = "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + svg(
            " width=\"%s\" height=\"%s\"".formatted(Svg.number(width), Svg.number(height)),
            style + page + body);
  }

  private String svg(String size, String content) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" class="fig" role="img" aria-label="%s" viewBox="0 0 %s %s"%s>
        <title>%s</title>
        %s</svg>
        """
        .formatted(
            Markup.escape(title),
            Svg.number(width),
            Svg.number(height),
            size,
            Markup.escape(title),
            content);
  }
}
