package dev.serenade.recognition.timeline;

import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.EmotionScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins the speech of consecutive cells into segments.
 *
 * <p>A part is speech within a cell, with the cell's scores; a pause of more than {@link
 * #LONGEST_PAUSE} divides parts, a shorter one does not. Parts with no such pause between them are
 * a run. Within a run:
 *
 * <ul>
 *   <li>A part whose likeliest emotion is the segment's belongs to the segment.
 *   <li>A part with another likeliest emotion begins the next segment if its probability exceeds
 *       that of the segment's emotion by {@link #CLEAR_MARGIN}, or if the next part of the run has
 *       the same likeliest emotion. Else it is absorbed into the segment.
 *   <li>A part shorter than {@link #SHORTEST_PART} decides nothing: it belongs to the segment, or,
 *       at the start of a run, to whatever the next part begins.
 * </ul>
 *
 * <p>A segment's scores are the mean of its parts', each counted by its length, without those that
 * were absorbed or decided nothing, unless there are no others.
 *
 * <p>Used by one thread.
 */
final class SegmentBuilder {

  /** Samples of a pause that ends a segment if it is any longer: half a second. */
  static final long LONGEST_PAUSE = 8000;

  /** Samples of a part that says nothing if it is any shorter: a fifth of a second. */
  static final long SHORTEST_PART = 3200;

  /** By how much an emotion must be likelier than the segment's to end it at once. */
  static final double CLEAR_MARGIN = 0.2;

  private Optional<Open> current = Optional.empty();
  private Optional<Part> undecided = Optional.empty();
  private List<TimelineSegment> finished = new ArrayList<>();

  /** Adds the next part; it begins where the last one ended, or later. */
  void add(SampleRange range, EmotionScores scores) {
    pauseUntil(range.start());
    Part part = new Part(range, scores);
    if (current.isEmpty()) {
      current = Optional.of(new Open(part));
    } else if (part.isShort()) {
      absorb(part);
    } else {
      decide(current.get(), part);
    }
  }

  private void absorb(Part part) {
    if (undecided.isPresent()) {
      undecided = Optional.of(undecided.get().until(part.range().end()));
    } else {
      current.orElseThrow().reach(part.range().end());
    }
  }

  private void decide(Open open, Part part) {
    Open segment = open;
    if (undecided.isPresent()) {
      Part before = undecided.get();
      undecided = Optional.empty();
      if (before.emotion().equals(part.emotion())) {
        finished.add(segment.close());
        segment = new Open(before);
        current = Optional.of(segment);
      } else {
        segment.reach(before.range().end());
      }
    }
    if (segment.isUndecided() || segment.emotion().equals(part.emotion())) {
      segment.add(part);
    } else if (part.scores().confidence() - part.scores().of(segment.emotion()) >= CLEAR_MARGIN) {
      finished.add(segment.close());
      current = Optional.of(new Open(part));
    } else {
      undecided = Optional.of(part);
    }
  }

  /** Says that there is no more speech before this sample. */
  void pauseUntil(long sample) {
    if (current.isPresent()) {
      long end = undecided.map(part -> part.range().end()).orElse(current.get().end());
      if (sample - end > LONGEST_PAUSE) {
        finish();
      }
    }
  }

  /** Says that there is no more speech. */
  void finish() {
    if (current.isPresent()) {
      undecided.ifPresent(part -> current.get().reach(part.range().end()));
      finished.add(current.get().close());
    }
    current = Optional.empty();
    undecided = Optional.empty();
  }

  /** Returns the segments that were finished since the last time. */
  List<TimelineSegment> takeFinished() {
    List<TimelineSegment> taken = finished;
    finished = new ArrayList<>();
    return taken;
  }

  private record Part(SampleRange range, EmotionScores scores) {

    boolean isShort() {
      return range.length() < SHORTEST_PART;
    }

    String emotion() {
      return scores.emotion();
    }

    Part until(long end) {
      return new Part(new SampleRange(range.start(), end), scores);
    }
  }

  /** A segment that may go on. */
  private static final class Open {

    private final long start;
    private long end;
    private EmotionScores mean;
    private long counted;
    private boolean undecided;

    Open(Part first) {
      start = first.range().start();
      end = first.range().end();
      mean = first.scores();
      counted = first.range().length();
      undecided = first.isShort();
    }

    long end() {
      return end;
    }

    boolean isUndecided() {
      return undecided;
    }

    String emotion() {
      return mean.emotion();
    }

    void reach(long later) {
      end = later;
    }

    void add(Part part) {
      long length = part.range().length();
      mean =
          undecided
              ? part.scores()
              : EmotionScores.weightedMean(
                  List.of(mean, part.scores()), List.of((double) counted, (double) length));
      counted = undecided ? length : counted + length;
      undecided = false;
      end = part.range().end();
    }

    TimelineSegment close() {
      SampleRange range = new SampleRange(start, end);
      return new TimelineSegment(range.startSeconds(), range.endSeconds(), mean, Abstention.NONE);
    }
  }
}
