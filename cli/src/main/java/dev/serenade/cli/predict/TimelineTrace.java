package dev.serenade.cli.predict;

import dev.serenade.analysis.Analysis;
import dev.serenade.cli.console.Text;
import dev.serenade.evaluation.figure.TimelinePicture;
import dev.serenade.evaluation.figure.TimelinePicture.Bar;
import dev.serenade.evaluation.figure.TimelinePicture.Column;
import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.timeline.TimelineCell;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A timeline as a picture needs it: scores over time in at most {@value #MOST_COLUMNS} columns,
 * however long the recording. Where there would be more, two become one.
 */
final class TimelineTrace {

  /** More would be narrower than the eye can tell apart. */
  private static final int MOST_COLUMNS = 360;

  private final List<String> emotions;
  private final List<Column> columns = new ArrayList<>();
  private final List<TimelineSegment> segments = new ArrayList<>();
  private int cellsInColumn = 1;
  private int cellsInLast = 1;

  TimelineTrace(List<String> emotions) {
    this.emotions = List.copyOf(emotions);
  }

  /** Adds what has become known. */
  void add(List<TimelineCell> newCells, List<TimelineSegment> newSegments) {
    newCells.forEach(this::add);
    segments.addAll(newSegments);
  }

  private void add(TimelineCell cell) {
    List<Double> scores =
        cell.scores().isPresent() && cell.speechSeconds() > 0
            ? List.copyOf(cell.scores().get().probabilities().values())
            : List.of();
    Column column = new Column(cell.startSeconds(), cell.endSeconds(), scores);
    if (cellsInLast < cellsInColumn && !columns.isEmpty()) {
      columns.set(columns.size() - 1, joined(columns.get(columns.size() - 1), column));
      cellsInLast++;
    } else {
      columns.add(column);
      cellsInLast = 1;
    }
    if (columns.size() == MOST_COLUMNS && cellsInLast == cellsInColumn) {
      halve();
    }
  }

  private static Column joined(Column one, Column next) {
    List<Double> mean = one.scores().isEmpty() ? next.scores() : one.scores();
    if (!one.scores().isEmpty() && !next.scores().isEmpty()) {
      double seconds = one.endSeconds() - one.startSeconds();
      double share = seconds / (next.endSeconds() - one.startSeconds());
      mean = new ArrayList<>();
      for (int i = 0; i < one.scores().size(); i++) {
        mean.add(share * one.scores().get(i) + (1 - share) * next.scores().get(i));
      }
    }
    return new Column(one.startSeconds(), next.endSeconds(), mean);
  }

  private void halve() {
    List<Column> pairs = new ArrayList<>();
    for (int i = 0; i < columns.size(); i += 2) {
      pairs.add(joined(columns.get(i), columns.get(i + 1)));
    }
    columns.clear();
    columns.addAll(pairs);
    cellsInColumn *= 2;
    cellsInLast = cellsInColumn;
  }

  /** Returns the picture. */
  TimelinePicture picture(Track track, Analysis heard) {
    Recognition whole = heard.recognition();
    return new TimelinePicture(
        Text.printable(track.name()),
        String.format(
            Locale.ROOT,
            "%s, %s",
            ScoreRow.wholeClock(whole.durationSeconds()),
            whole.abstention() == Abstention.SILENT
                ? "silence"
                : "%s %d %%".formatted(whole.emotion(), Math.round(100 * whole.confidence()))),
        whole.durationSeconds(),
        emotions,
        columns,
        segments.stream().map(this::bar).toList(),
        heard.gaps().stream()
            .map(gap -> new TimelinePicture.Gap(gap.startSeconds(), gap.endSeconds(), gap.detail()))
            .toList());
  }

  private Bar bar(TimelineSegment segment) {
    String name = segment.abstained() ? "unsure" : segment.emotion();
    return new Bar(
        segment.startSeconds(),
        segment.endSeconds(),
        segment.abstained() ? -1 : emotions.indexOf(segment.emotion()),
        name,
        String.format(
            Locale.ROOT,
            "%s to %s: %s %d %%",
            ScoreRow.wholeClock(segment.startSeconds()),
            ScoreRow.wholeClock(segment.endSeconds()),
            name,
            Math.round(100 * segment.confidence())));
  }
}
