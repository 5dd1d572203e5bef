package dev.serenade.cli.predict;

import dev.serenade.cli.console.Text;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How wide the columns of the table are.
 *
 * @param columns width of the terminal
 * @param file width of the column of names
 * @param emotion width of the column of emotions
 * @param confidenceHeading over the column of confidences, which is as wide
 * @param bar cells of a full bar
 * @param percent whether there is room for a percentage beside each bar
 * @param labels over the bars, cut to their width
 * @param set width of the column of sets; 0 if there is none
 */
public record TableLayout(
    int columns,
    int file,
    int emotion,
    String confidenceHeading,
    int bar,
    boolean percent,
    List<String> labels,
    int set) {

  static final String FILE = "File";
  static final String LENGTH = "Length";
  static final String EMOTION = "Emotion";

  /** What stands for the emotion of a recording without sound. */
  public static final String SILENCE = "silence";

  /** What stands for the emotion of a recording of which the model is not sure enough. */
  static final String UNSURE = "unsure";

  /** Over the sets. */
  static final String SET = "Set";

  /** Between the emotions of a set. */
  static final String SET_GAP = ", ";

  /** Before what belongs to the recording above. */
  static final String INDENT = "  ";

  /** Between columns. */
  public static final String GAP = "  ";

  /** Wide enough for "59.9 s", "59:59" and the heading. */
  public static final int LENGTH_WIDTH = 7;

  /** "100% " */
  static final int PERCENT_WIDTH = 5;

  private static final int LONGEST_BAR = 10;
  private static final int SHORTEST_BAR_WITH_PERCENT = 5;
  private static final int SHORTEST_FILE = 16;

  /** Copies the list. */
  public TableLayout {
    labels = List.copyOf(labels);
  }

  /**
   * Returns the layout with the longest bars that fit beside names of a fair width.
   *
   * @param columns width of the terminal
   * @param longestName width of the longest name
   * @param sets whether there is a column of sets
   */
  public static TableLayout of(int columns, int longestName, List<String> labels, boolean sets) {
    int emotion =
        Stream.concat(Stream.of(EMOTION, SILENCE, UNSURE), labels.stream())
            .mapToInt(Text::width)
            .max()
            .orElseThrow();
    int longestFile = Math.max(FILE.length(), longestName);
    int fairFile = Math.min(longestFile, Math.max(SHORTEST_FILE, columns / 3));
    TableLayout layout =
        new TableLayout(
            columns, fairFile, emotion, "Conf", 1, false, labels, sets ? setWidth(labels) : 0);
    for (int bar = LONGEST_BAR; bar >= SHORTEST_BAR_WITH_PERCENT && !layout.percent; bar--) {
      layout = layout.orIfItFits("Confidence", bar, true);
    }
    for (int bar = LONGEST_BAR; bar > 1 && layout.bar == 1; bar--) {
      layout = layout.orIfItFits("Conf", bar, false);
    }
    int left = Math.max(0, columns - layout.width());
    return new TableLayout(
        columns,
        Math.min(longestFile, fairFile + left),
        emotion,
        layout.confidenceHeading,
        layout.bar,
        layout.percent,
        labels.stream().map(layout::cut).toList(),
        layout.set);
  }

  /** Room for the two longest labels; more are cut. */
  private static int setWidth(List<String> labels) {
    return SET_GAP.length()
        + labels.stream()
            .map(Text::width)
            .sorted(Comparator.reverseOrder())
            .limit(2)
            .mapToInt(Integer::intValue)
            .sum();
  }

  private TableLayout orIfItFits(String heading, int cells, boolean withPercent) {
    TableLayout other =
        new TableLayout(columns, file, emotion, heading, cells, withPercent, labels, set);
    return other.width() <= columns ? other : this;
  }

  /** Returns the width of the column of a class. */
  int classWidth() {
    return bar + (percent ? PERCENT_WIDTH : 0);
  }

  /** Returns the width of a line. */
  int width() {
    return file
        + LENGTH_WIDTH
        + emotion
        + confidenceHeading.length()
        + labels.size() * classWidth()
        + (3 + labels.size()) * GAP.length()
        + (set == 0 ? 0 : GAP.length() + set);
  }

  private String cut(String label) {
    return Text.cutEnd(label, classWidth(), "");
  }
}
