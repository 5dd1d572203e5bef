package dev.serenade.cli.console;

import java.util.List;

/**
 * Small charts made of characters.
 *
 * @param blocks whether to draw with eighths of a block, or with ASCII
 */
public record Bars(boolean blocks) {

  private static final String ROW = "▏▎▍▌▋▊▉█";
  private static final String HEIGHTS = "▁▂▃▄▅▆▇█";
  private static final String ASCII_HEIGHTS = "_.-=+*#@";
  private static final int STEPS = 8;

  /**
   * Returns a bar.
   *
   * @param share how much of it is full, in [0, 1]
   * @param cells how long it is when full
   */
  public String bar(double share, int cells) {
    if (!blocks) {
      return "#".repeat((int) Math.round(share * cells));
    }
    int steps = (int) Math.round(share * cells * STEPS);
    String full = "█".repeat(steps / STEPS);
    return steps % STEPS == 0 ? full : full + ROW.charAt(steps % STEPS - 1);
  }

  /** Returns one cell for each height, from 0 to 1. */
  public String curve(List<Double> heights) {
    StringBuilder curve = new StringBuilder();
    for (double height : heights) {
      int step = (int) Math.min(STEPS - 1, Math.floor(height * STEPS));
      curve.append((blocks ? HEIGHTS : ASCII_HEIGHTS).charAt(step));
    }
    return curve.toString();
  }

  /** Returns what stands where text was cut. */
  public String ellipsis() {
    return blocks ? "…" : "...";
  }

  /** Returns what stands between the ends of a range. */
  public String dash() {
    return blocks ? "–" : "-";
  }
}
