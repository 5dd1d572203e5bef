package dev.serenade.evaluation.figure;

import java.util.List;
import java.util.stream.Collectors;

/** Draws into an SVG. */
record SvgBrush(Svg svg) implements Brush {

  @Override
  public void rectangle(
      String classes, String tip, double x, double y, double width, double height) {
    if (tip.isEmpty()) {
      svg.element("rect", classes, "x", x, "y", y, "width", width, "height", height);
    } else {
      svg.elementWithTip(tip, "rect", classes, "x", x, "y", y, "width", width, "height", height);
    }
  }

  @Override
  public void polygon(String classes, List<Point> corners) {
    String points =
        corners.stream()
            .map(corner -> Svg.number(corner.x()) + "," + Svg.number(corner.y()))
            .collect(Collectors.joining(" "));
    svg.element("polygon", classes, "points", points);
  }

  @Override
  public void line(String classes, double x1, double y1, double x2, double y2) {
    svg.line(classes, x1, y1, x2, y2);
  }

  @Override
  public void text(String classes, String anchor, double x, double y, String text) {
    svg.text(classes, anchor, x, y, text);
  }
}
