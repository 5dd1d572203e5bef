package dev.serenade.evaluation.figure;

import java.util.Locale;

/** Writes SVG elements, in pixels, y downwards; colours come from CSS classes. Not thread-safe. */
final class Svg {

  private final double width;
  private final double height;
  private final StringBuilder body = new StringBuilder();

  Svg(double width, double height) {
    this.width = width;
    this.height = height;
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }

  String body() {
    return body.toString();
  }

  /** Adds an element with these attributes, given as name, value, name, value. */
  void element(String name, String classes, Object... attributes) {
    open(name, classes, attributes);
    body.append("/>\n");
  }

  /** Adds an element that shows a text when pointed at. */
  void elementWithTip(String tip, String name, String classes, Object... attributes) {
    open(name, classes, attributes);
    body.append("><title>%s</title></%s>\n".formatted(Markup.escape(tip), name));
  }

  private void open(String name, String classes, Object... attributes) {
    body.append("<%s class=\"%s\"".formatted(name, classes));
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String text = value instanceof Number n ? number(n.doubleValue()) : value.toString();
      body.append(" %s=\"%s\"".formatted(attributes[i], Markup.escape(text)));
    }
  }

  void line(String classes, double x1, double y1, double x2, double y2) {
    element("line", classes, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
  }

  /** Adds text; the anchor is start, middle or end. */
  void text(String classes, String anchor, double x, double y, String text) {
    open("text", classes, "x", x, "y", y, "text-anchor", anchor);
    body.append(">%s</text>\n".formatted(Markup.escape(text)));
  }

  /** Adds text turned about its anchor, in degrees, clockwise. */
  void turnedText(String classes, String anchor, double degrees, double x, double y, String text) {
    String turn = "rotate(%s %s %s)".formatted(number(degrees), number(x), number(y));
    open("text", classes, "x", x, "y", y, "text-anchor", anchor, "transform", turn);
    body.append(">%s</text>\n".formatted(Markup.escape(text)));
  }

  /** Returns a number as SVG wants it, to a hundredth of a pixel. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceFirst("\\.?0+$", "").replaceFirst("^-0$", "0");
  }

  /** Returns about how wide a text is at 12 pixels; fonts differ, so leave some room. */
  static double textWidth(String text) {
    return 6.6 * text.length();
  }
}
