package dev.serenade.evaluation.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws the light version of a figure in pixels, two for each of SVG's. Not thread-safe. */
final class PixelBrush implements Brush {

  private static final int SCALE = 2;
  private static final float TEXT_SIZE = 12;
  private static final float SMALL_TEXT_SIZE = 10.5f;

  private final BufferedImage image;
  private final Graphics2D graphics;

  PixelBrush(double width, double height) {
    image =
        new BufferedImage(
            (int) Math.ceil(SCALE * width),
            (int) Math.ceil(SCALE * height),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    graphics.setColor(colour("page"));
    graphics.fill(new Rectangle2D.Double(0, 0, width, height));
  }

  BufferedImage image() {
    return image;
  }

  @Override
  public void rectangle(
      String classes, String tip, double x, double y, double width, double height) {
    graphics.setColor(colour(classes));
    graphics.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void polygon(String classes, List<Point> corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners.get(0).x(), corners.get(0).y());
    corners.forEach(corner -> path.lineTo(corner.x(), corner.y()));
    path.closePath();
    graphics.setColor(colour(classes));
    graphics.fill(path);
  }

  @Override
  public void line(String classes, double x1, double y1, double x2, double y2) {
    graphics.setColor(colour(classes));
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void text(String classes, String anchor, double x, double y, String text) {
    int style = classes.contains("strong") ? Font.BOLD : Font.PLAIN;
    float size = classes.contains("small") ? SMALL_TEXT_SIZE : TEXT_SIZE;
    graphics.setFont(new Font(Font.SANS_SERIF, style, 1).deriveFont(size));
    graphics.setColor(colour(classes));
    double width =
        graphics.getFont().getStringBounds(text, graphics.getFontRenderContext()).getWidth();
    double left =
        switch (anchor) {
          case "start" -> x;
          case "middle" -> x - width / 2;
          case "end" -> x - width;
          default -> throw new IllegalArgumentException("expected an anchor, found " + anchor);
        };
    graphics.drawString(text, (float) left, (float) y);
  }

  private static Color colour(String classes) {
    int rgb = Integer.parseInt(FigureStyle.lightColour(classes).substring(1), 16);
    int alpha = (int) Math.round(255 * FigureStyle.opacity(classes));
    return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, alpha);
  }
}
