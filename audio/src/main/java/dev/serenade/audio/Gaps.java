package dev.serenade.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects gaps in the order of time: those with next to nothing between them as one, and never so
 * many that memory grows with the length of a recording.
 */
final class Gaps {

  /** What lies between two gaps and is shorter than this cannot be told from damage. */
  private static final double JOINED_WITHIN_SECONDS = 0.1;

  /** With more gaps than this the last one reaches over all that follow. */
  static final int MAXIMUM = 1000;

  private final List<Gap> gaps = new ArrayList<>();

  /** Adds a gap that starts no earlier than those before it. */
  void add(double startSeconds, double endSeconds, String detail) {
    Gap last = gaps.isEmpty() ? new Gap(0, 0, "") : gaps.get(gaps.size() - 1);
    boolean near = startSeconds - last.endSeconds() < JOINED_WITHIN_SECONDS;
    if (!gaps.isEmpty() && (near || gaps.size() == MAXIMUM)) {
      double end = Math.max(last.endSeconds(), endSeconds);
      gaps.set(gaps.size() - 1, new Gap(last.startSeconds(), end, last.detail()));
    } else {
      gaps.add(new Gap(startSeconds, endSeconds, detail));
    }
  }

  List<Gap> toList() {
    return List.copyOf(gaps);
  }
}
