package dev.serenade.evaluation.figure;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Emotion over the time of a recording: above, stretches of one emotion as bars; below, the
 * probabilities of all, stacked. It is grey where nobody speaks, and hatched where the recording
 * could not be decoded.
 */
public final class TimelineChart {

  private static final double WIDTH = 960;
  private static final double LEFT = 46;
  private static final double RIGHT = 28;
  private static final double BARS_TOP = 46;
  private static final double BARS_HEIGHT = 30;
  private static final double BANDS_TOP = 92;
  private static final double BANDS_HEIGHT = 190;
  private static final double LEGEND_TOP = BANDS_TOP + BANDS_HEIGHT + 46;
  private static final double HEIGHT = LEGEND_TOP + 14;

  /** From one tick to the next, in seconds; the first that leaves them far enough apart counts. */
  private static final List<Integer> STEPS =
      List.of(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800);

  private static final int MOST_TICKS = 14;

  /** A gap may be of a thousandth of a second, and is to be seen nevertheless. */
  private static final double NARROWEST_GAP = 3;

  private static final double HATCHING = 5;

  private static final String NOBODY = "nobody speaks";

  private TimelineChart() {}

  /** Draws a timeline as SVG. */
  public static Figure of(String name, TimelinePicture picture) {
    Svg svg = new Svg(WIDTH, HEIGHT);
    draw(new SvgBrush(svg), picture);
    return Figure.of(name, picture.title(), svg);
  }

  /** Draws a timeline as PNG, and writes it; the stream stays open. */
  public static void writePng(TimelinePicture picture, OutputStream out) throws IOException {
    PixelBrush brush = new PixelBrush(WIDTH, HEIGHT);
    draw(brush, picture);
    ImageIO.write(brush.image(), "png", out);
  }

  private static void draw(Brush brush, TimelinePicture picture) {
    Scale x = new Scale(0, picture.seconds(), LEFT, WIDTH - RIGHT);
    Scale y = new Scale(0, 100, BANDS_TOP + BANDS_HEIGHT, BANDS_TOP);
    brush.text("ink strong", "start", 4, 16, picture.title());
    brush.text("soft small", "start", 4, 33, picture.subtitle());
    brush.rectangle("shadow", "", LEFT, BARS_TOP, x.to() - LEFT, BARS_HEIGHT);
    brush.rectangle("shadow", "", LEFT, BANDS_TOP, x.to() - LEFT, BANDS_HEIGHT);
    for (int from = 0; from < picture.columns().size(); ) {
      int to = from + 1;
      if (!picture.columns().get(from).scores().isEmpty()) {
        while (to < picture.columns().size() && !picture.columns().get(to).scores().isEmpty()) {
          to++;
        }
        bands(brush, x, y, picture.columns().subList(from, to));
      }
      from = to;
    }
    picture.bars().forEach(bar -> bar(brush, x, bar));
    picture.gaps().forEach(gap -> gap(brush, x, gap));
    axes(brush, x, y, picture.seconds());
    legend(brush, picture.emotions(), !picture.gaps().isEmpty());
  }

  private static void bar(Brush brush, Scale x, TimelinePicture.Bar bar) {
    double left = x.at(bar.startSeconds());
    double width = Math.max(0.5, x.at(bar.endSeconds()) - left);
    boolean sure = bar.emotion() >= 0;
    brush.rectangle(
        sure ? "bar s" + bar.emotion() % FigureStyle.COLOURS : "unsure",
        bar.tip(),
        left,
        BARS_TOP,
        // A hair's breadth between neighbours, where there is room for it.
        width > 4 ? width - 1 : width,
        BARS_HEIGHT);
    if (Svg.textWidth(bar.name()) + 10 < width) {
      String classes = sure ? "on-heat small strong" : "ink small";
      brush.text(classes, "middle", left + width / 2, BARS_TOP + BARS_HEIGHT / 2 + 4, bar.name());
    }
  }

  private static void gap(Brush brush, Scale x, TimelinePicture.Gap gap) {
    double left = Math.min(x.at(gap.startSeconds()), x.to() - NARROWEST_GAP);
    double width = Math.max(NARROWEST_GAP, Math.min(x.at(gap.endSeconds()), x.to()) - left);
    hatched(brush, gap.tip(), left, BARS_TOP, width, BARS_HEIGHT);
    hatched(brush, gap.tip(), left, BANDS_TOP, width, BANDS_HEIGHT);
  }

  /** An empty rectangle with lines that rise to the right. */
  private static void hatched(
      Brush brush, String tip, double left, double top, double width, double height) {
    brush.rectangle("page", tip, left, top, width, height);
    for (double start = HATCHING; start < width + height; start += HATCHING) {
      double over = Math.max(0, start - height);
      double across = Math.min(start, width);
      brush.line("axis", left + over, top + start - over, left + across, top + start - across);
    }
  }

  /** Draws consecutive columns of scores, each emotion on top of those before it. */
  private static void bands(Brush brush, Scale x, Scale y, List<TimelinePicture.Column> columns) {
    List<Double> below = new ArrayList<>();
    columns.forEach(column -> below.add(0.0));
    int emotions = columns.get(0).scores().size();
    for (int emotion = 0; emotion < emotions; emotion++) {
      List<Brush.Point> corners = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        step(corners, x, columns.get(i), y.at(100 * below.get(i)));
      }
      List<Brush.Point> above = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        below.set(i, below.get(i) + columns.get(i).scores().get(emotion));
        step(above, x, columns.get(i), y.at(100 * Math.min(1, below.get(i))));
      }
      for (int i = above.size() - 1; i >= 0; i--) {
        corners.add(above.get(i));
      }
      brush.polygon("band s" + emotion % FigureStyle.COLOURS, corners);
    }
  }

  private static void step(
      List<Brush.Point> corners, Scale x, TimelinePicture.Column column, double height) {
    corners.add(new Brush.Point(x.at(column.startSeconds()), height));
    corners.add(new Brush.Point(x.at(column.endSeconds()), height));
  }

  private static void axes(Brush brush, Scale x, Scale y, double seconds) {
    for (int percent = 0; percent <= 100; percent += 25) {
      brush.text("soft small", "end", LEFT - 6, y.at(percent) + 3.5, percent + " %");
    }
    brush.line("axis", x.from(), y.from(), x.to(), y.from());
    int step =
        STEPS.stream()
            .filter(candidate -> seconds / candidate <= MOST_TICKS)
            .findFirst()
            .orElse((int) Math.ceil(seconds / MOST_TICKS));
    for (int tick = 0; tick <= seconds; tick += step) {
      brush.line("axis", x.at(tick), y.from(), x.at(tick), y.from() + 5);
      brush.text("soft small", "middle", x.at(tick), y.from() + 18, clock(tick, seconds));
    }
  }

  private static String clock(int tick, double seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", tick / 60, tick % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", tick / 3600, tick / 60 % 60, tick % 60);
  }

  private static void legend(Brush brush, List<String> emotions, boolean hasGaps) {
    double left = LEFT;
    for (int i = 0; i < emotions.size(); i++) {
      brush.rectangle("bar s" + i % FigureStyle.COLOURS, "", left, LEGEND_TOP - 10, 12, 12);
      brush.text("ink", "start", left + 17, LEGEND_TOP, emotions.get(i));
      left += 17 + Svg.textWidth(emotions.get(i)) + 16;
    }
    brush.rectangle("shadow", "", left, LEGEND_TOP - 10, 12, 12);
    brush.text("ink", "start", left + 17, LEGEND_TOP, NOBODY);
    if (hasGaps) {
      left += 17 + Svg.textWidth(NOBODY) + 16;
      hatched(brush, "", left, LEGEND_TOP - 10, 12, 12);
      brush.text("ink", "start", left + 17, LEGEND_TOP, "not decodable");
    }
  }
}
