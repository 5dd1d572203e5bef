package dev.serenade.recognition.timeline;

import java.util.ArrayList;
import java.util.List;

/**
 * What has become known of a timeline since the last update, each list in the order of time.
 *
 * @param windows as soon as each can be scored, so these are the newest
 * @param cells once no later window reaches into them
 * @param segments once they are finished
 */
public record TimelineUpdate(
    List<HeardWindow> windows, List<TimelineCell> cells, List<TimelineSegment> segments) {

  /** Copies the lists. */
  public TimelineUpdate {
    windows = List.copyOf(windows);
    cells = List.copyOf(cells);
    segments = List.copyOf(segments);
  }

  /** Collects an update while it becomes known. */
  static final class Builder {

    private final List<HeardWindow> windows = new ArrayList<>();
    private final List<TimelineCell> cells = new ArrayList<>();
    private final List<TimelineSegment> segments = new ArrayList<>();

    void add(HeardWindow window) {
      windows.add(window);
    }

    void add(TimelineCell cell) {
      cells.add(cell);
    }

    void addAll(List<TimelineSegment> finished) {
      segments.addAll(finished);
    }

    void addAll(TimelineUpdate other) {
      windows.addAll(other.windows());
      cells.addAll(other.cells());
      segments.addAll(other.segments());
    }

    TimelineUpdate build() {
      return new TimelineUpdate(windows, cells, segments);
    }
  }
}
