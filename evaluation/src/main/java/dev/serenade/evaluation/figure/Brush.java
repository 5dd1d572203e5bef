package dev.serenade.evaluation.figure;

import java.util.List;

/** Draws in pixels, y downwards; colours come from the classes of {@link FigureStyle}. */
interface Brush {

  /** A corner of a polygon. */
  record Point(double x, double y) {}

  void rectangle(String classes, String tip, double x, double y, double width, double height);

  void polygon(String classes, List<Point> corners);

  void line(String classes, double x1, double y1, double x2, double y2);

  /** Draws text; the anchor is start, middle or end. */
  void text(String classes, String anchor, double x, double y, String text);
}
