package dev.serenade.cli.predict;

import dev.serenade.cli.console.Bars;
import dev.serenade.cli.console.Text;
import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.EmotionScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * A line of a table of scores, with a bar per class.
 *
 * @param layout how wide its columns are
 * @param bars how to draw
 * @param colours whether to colour
 */
public record ScoreRow(TableLayout layout, Bars bars, boolean colours) {

  /**
   * Returns the heading over the rows.
   *
   * @param first over the first column
   */
  public String heading(String first) {
    List<String> cells = new ArrayList<>();
    cells.add(Text.left(first, layout.file()));
    cells.add(Text.right(TableLayout.LENGTH, TableLayout.LENGTH_WIDTH));
    cells.add(Text.left(TableLayout.EMOTION, layout.emotion()));
    cells.add(layout.confidenceHeading());
    layout.labels().forEach(label -> cells.add(Text.left(label, layout.classWidth())));
    if (layout.set() > 0) {
      cells.add(TableLayout.SET);
    }
    return styled(Style.bold, String.join(TableLayout.GAP, cells).stripTrailing());
  }

  /**
   * Returns a row.
   *
   * @param name fits the first column
   * @param length may be empty
   * @param set may be empty
   */
  public String of(
      String name, String length, EmotionScores scores, Abstention abstention, String set) {
    boolean silent = abstention == Abstention.SILENT;
    boolean answered = abstention == Abstention.NONE;
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(Text.right(length, TableLayout.LENGTH_WIDTH));
    String emotion =
        switch (abstention) {
          case NONE -> scores.emotion();
          case SILENT -> TableLayout.SILENCE;
          case UNSURE -> TableLayout.UNSURE;
        };
    cells.add(styled(answered ? Style.bold : Style.faint, Text.left(emotion, layout.emotion())));
    cells.add(
        Text.right(
            silent ? bars.dash() : percent(scores.confidence()),
            layout.confidenceHeading().length()));
    if (!silent) {
      scores
          .probabilities()
          .forEach((label, score) -> cells.add(bar(score, label.equals(emotion))));
      cells.add(Text.cutEnd(set, layout.set(), bars.ellipsis()));
    }
    return String.join(TableLayout.GAP, cells).stripTrailing();
  }

  /** Returns what stands in the first column for a part of a recording. */
  public String range(double startSeconds, double endSeconds) {
    String range = TableLayout.INDENT + clock(startSeconds) + bars.dash() + clock(endSeconds);
    return Text.left(range, layout.file());
  }

  private String bar(double score, boolean likeliest) {
    String percent = layout.percent() ? Text.right(percent(score), 4) + " " : "";
    String bar = Text.left(bars.bar(score, layout.bar()), layout.bar());
    return percent + (likeliest ? styled(Style.fg_cyan, bar) : bar);
  }

  private static String percent(double score) {
    return Math.round(100 * score) + "%";
  }

  /** Returns a duration: {@code 59.9 s} or {@code 1:00}. */
  public static String length(double seconds) {
    return seconds < 59.95 ? String.format(Locale.ROOT, "%.1f s", seconds) : wholeClock(seconds);
  }

  /** Returns a time to a second: {@code 1:00}. */
  static String wholeClock(double seconds) {
    return time(Math.round(seconds), "");
  }

  /** Returns a time to a tenth of a second: {@code 1:00.0}. */
  public static String clock(double seconds) {
    long tenths = Math.round(seconds * 10);
    return time(tenths / 10, "." + tenths % 10);
  }

  private static String time(long whole, String fraction) {
    String time =
        whole < 3600
            ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
            : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    return time + fraction;
  }

  /** Returns text in a style, if there are colours. */
  String styled(IStyle style, String text) {
    return colours ? Style.on(style) + text + Style.off(style) : text;
  }
}
