package dev.serenade.cli.console;

import java.time.Duration;
import java.util.Locale;

/**
 * A line on stderr that says how far a job is, and is overwritten as it goes on. Used by one
 * thread.
 *
 * <p>Erase it before anything else is written to the same terminal; it comes back with the next
 * {@link #show}.
 */
public final class ProgressLine {

  private static final long SHORTEST_NANOSECONDS = Duration.ofMillis(100).toNanos();
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final boolean enabled;
  private final int total;
  private final long started = System.nanoTime();
  private long lastShown = started - SHORTEST_NANOSECONDS;
  private boolean visible;

  /**
   * Makes a line that is not yet shown.
   *
   * @param enabled whether to show it at all
   * @param total how many steps the job has
   */
  public ProgressLine(Terminal terminal, boolean enabled, int total) {
    this.terminal = terminal;
    this.enabled = enabled && terminal.display().errIsTerminal();
    this.total = total;
  }

  /**
   * Shows how far the job is: {@code 12/300 0:42 left name}. Does so ten times a second at most.
   *
   * @param done how many steps are done
   * @param current what is being worked on
   */
  public void show(int done, String current) {
    long now = System.nanoTime();
    if (!enabled || now - lastShown < SHORTEST_NANOSECONDS) {
      return;
    }
    lastShown = now;
    visible = true;
    String line = "%d/%d  %s%s".formatted(done, total, left(done, now), Text.printable(current));
    String mark = new Bars(terminal.display().blocks()).ellipsis();
    terminal.writeError(ERASE + Text.cutEnd(line, terminal.display().columns() - 1, mark));
  }

  private String left(int done, long now) {
    if (done == 0) {
      return "";
    }
    long seconds = Math.round((now - started) / 1e9 * (total - done) / done);
    return String.format(Locale.ROOT, "%d:%02d left  ", seconds / 60, seconds % 60);
  }

  /** Takes the line away, if it is there. */
  public void erase() {
    if (visible) {
      terminal.writeError(ERASE);
      visible = false;
    }
  }
}
