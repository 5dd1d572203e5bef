package dev.serenade.cli.listen;

import dev.serenade.cli.console.Bars;
import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.Text;
import dev.serenade.cli.predict.ScoreRow;
import dev.serenade.cli.predict.TableLayout;
import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.timeline.HeardWindow;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.recognition.timeline.TimelineUpdate;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Shows a row per finished segment, and, on a terminal, the scores of the newest window in a row
 * below them that is overwritten as time goes on.
 */
final class TableLivePrinter implements LivePrinter {

  private static final String ERASE = "\r\u001b[K";

  /** Wide enough for " 10:00:00.0–10:00:00.0". */
  private static final int TIME_WIDTH = 23;

  /** No line of a terminal may be so long that it wraps: it could not be erased. */
  private static final int MARGIN = 1;

  private final Writer out;
  private final ScoreRow row;
  private final boolean live;
  private boolean visible;

  TableLivePrinter(Writer out, List<String> labels, Display display) throws IOException {
    this.out = out;
    this.live = display.outIsTerminal();
    int columns = live ? display.columns() - MARGIN : 120;
    this.row =
        new ScoreRow(
            TableLayout.of(columns, TIME_WIDTH, labels, false),
            new Bars(display.blocks()),
            display.colours());
    writeLine(row.heading("Time"));
    out.flush();
  }

  @Override
  public void print(TimelineUpdate news) throws IOException {
    if (!news.segments().isEmpty()) {
      erase();
    }
    for (TimelineSegment segment : news.segments()) {
      writeLine(
          row.of(
              row.range(segment.startSeconds(), segment.endSeconds()),
              ScoreRow.length(segment.endSeconds() - segment.startSeconds()),
              segment.scores(),
              segment.abstention(),
              ""));
    }
    if (live && !news.windows().isEmpty()) {
      erase();
      out.write(newest(news.windows().get(news.windows().size() - 1)));
      visible = true;
    }
    out.flush();
  }

  private String newest(HeardWindow window) {
    String time = Text.left("> " + ScoreRow.clock(window.endSeconds()), row.layout().file());
    return window
        .scores()
        .map(scores -> row.of(time, "", scores, Abstention.NONE, ""))
        .orElseGet(
            () ->
                time
                    + TableLayout.GAP
                    + Text.left("", TableLayout.LENGTH_WIDTH)
                    + TableLayout.GAP
                    + (window.dropped() ? "dropped" : TableLayout.SILENCE));
  }

  private void writeLine(String line) throws IOException {
    out.write(line);
    out.write(System.lineSeparator());
  }

  private void erase() throws IOException {
    if (visible) {
      out.write(ERASE);
      visible = false;
    }
  }

  @Override
  public void end() throws IOException {
    erase();
    out.flush();
  }
}
