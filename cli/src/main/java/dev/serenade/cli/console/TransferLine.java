package dev.serenade.cli.console;

import java.time.Duration;
import java.util.Locale;

/**
 * A line on stderr that says how far a download is, and is overwritten as it goes on. Used by one
 * thread.
 */
public final class TransferLine {

  private static final long SHORTEST_NANOSECONDS = Duration.ofMillis(100).toNanos();
  private static final String ERASE = "\r\u001b[K";
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final Terminal terminal;
  private final boolean enabled;
  private long lastShown = System.nanoTime() - SHORTEST_NANOSECONDS;
  private long firstBytes = -1;
  private long firstAt;
  private boolean visible;

  /** Makes a line that is not yet shown; it never is where stderr is no terminal. */
  public TransferLine(Terminal terminal) {
    this.terminal = terminal;
    this.enabled = terminal.display().errIsTerminal();
  }

  /**
   * Shows how far the download is: {@code 412/967 MB 8.2 MB/s 1:07 left name}. Does so ten times a
   * second at most. What was there before the first call does not count for the rate.
   */
  public void show(String name, long doneBytes, long totalBytes) {
    long now = System.nanoTime();
    if (firstBytes < 0 || doneBytes < firstBytes) {
      firstBytes = doneBytes;
      firstAt = now;
    }
    if (!enabled || now - lastShown < SHORTEST_NANOSECONDS) {
      return;
    }
    lastShown = now;
    visible = true;
    String line =
        "%s  %s%s".formatted(size(doneBytes, totalBytes), rate(doneBytes, totalBytes, now), name);
    String mark = new Bars(terminal.display().blocks()).ellipsis();
    terminal.writeError(
        ERASE + Text.cutEnd(Text.printable(line), terminal.display().columns() - 1, mark));
  }

  private static String size(long doneBytes, long totalBytes) {
    return String.format(
        Locale.ROOT,
        "%.1f/%.1f MB",
        doneBytes / BYTES_PER_MEGABYTE,
        totalBytes / BYTES_PER_MEGABYTE);
  }

  private String rate(long doneBytes, long totalBytes, long now) {
    double seconds = (now - firstAt) / 1e9;
    double bytesPerSecond = (doneBytes - firstBytes) / seconds;
    if (!(seconds > 1) || !(bytesPerSecond >= 1)) {
      return "";
    }
    long left = Math.round((totalBytes - doneBytes) / bytesPerSecond);
    return String.format(
        Locale.ROOT,
        "%.1f MB/s  %d:%02d left  ",
        bytesPerSecond / BYTES_PER_MEGABYTE,
        left / 60,
        left % 60);
  }

  /** Takes the line away, if it is there. */
  public void erase() {
    if (visible) {
      terminal.writeError(ERASE);
      visible = false;
    }
  }
}
