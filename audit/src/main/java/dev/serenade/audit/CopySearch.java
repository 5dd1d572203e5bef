package dev.serenade.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds pairs of recordings that sound alike over some stretch, by an index of the words of their
 * {@link Fingerprint}s: two recordings are compared only where they have a word in common, and only
 * with these words laid on each other. So the work grows with the number of words, not of pairs of
 * recordings.
 */
final class CopySearch {

  /** Half the least distance between recordings that are no copies; see {@link Fingerprint}. */
  static final double MOST_BIT_ERRORS = 0.2;

  /** Half a second with the length of a frame. */
  static final int LEAST_FRAMES = 16;

  /** A word in more places than this says nothing; a held tone has such. */
  private static final int MOST_PLACES = 64;

  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private final List<Fingerprint> fingerprints;

  CopySearch(List<Fingerprint> fingerprints) {
    this.fingerprints = List.copyOf(fingerprints);
  }

  /**
   * Two recordings that sound alike.
   *
   * @param first index of one
   * @param second index of the other, higher
   * @param offset frame t of the first is alike frame t + offset of the second
   * @param bitErrorRate the least over all offsets tried
   */
  record Pair(int first, int second, int offset, double bitErrorRate) {}

  /** Where a word occurs. */
  private record Place(int recording, int frame) {}

  private record Candidate(int first, int second) {}

  private record Alignment(Candidate candidate, int offset) {}

  /** Returns all pairs that sound alike, by their indices. */
  List<Pair> pairs() {
    int[] starts = new int[fingerprints.size() + 1];
    for (int i = 0; i < fingerprints.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], fingerprints.get(i).length());
    }
    long[] index = index(starts);
    Set<Alignment> tried = new HashSet<>();
    Map<Candidate, Pair> best = new HashMap<>();
    for (int from = 0; from < index.length; ) {
      int to = from + 1;
      while (to < index.length && index[to] >>> 32 == index[from] >>> 32) {
        to++;
      }
      if (to - from > 1 && to - from <= MOST_PLACES) {
        List<Place> places = new ArrayList<>();
        for (int i = from; i < to; i++) {
          places.add(place(starts, (int) (index[i] & LOW_HALF)));
        }
        compare(places, tried, best);
      }
      from = to;
    }
    return best.values().stream()
        .sorted(
            (one, other) ->
                one.first() != other.first()
                    ? Integer.compare(one.first(), other.first())
                    : Integer.compare(one.second(), other.second()))
        .toList();
  }

  /** Returns word and position of every active frame, sorted by word. */
  private long[] index(int[] starts) {
    long[] index = new long[starts[starts.length - 1]];
    int size = 0;
    for (int i = 0; i < fingerprints.size(); i++) {
      Fingerprint fingerprint = fingerprints.get(i);
      for (int t = 0; t < fingerprint.length(); t++) {
        if (fingerprint.isActive(t)) {
          index[size++] = (long) fingerprint.word(t) << 32 | (starts[i] + t);
        }
      }
    }
    long[] used = Arrays.copyOf(index, size);
    Arrays.parallelSort(used);
    return used;
  }

  private static Place place(int[] starts, int position) {
    int found = Arrays.binarySearch(starts, position);
    int recording = found >= 0 ? found : -found - 2;
    // Of recordings without a word the starts are equal: the last of these has the word.
    while (starts[recording + 1] <= position) {
      recording++;
    }
    return new Place(recording, position - starts[recording]);
  }

  private void compare(List<Place> places, Set<Alignment> tried, Map<Candidate, Pair> best) {
    for (int i = 0; i < places.size(); i++) {
      for (int j = i + 1; j < places.size(); j++) {
        Place one = places.get(i);
        Place other = places.get(j);
        if (one.recording() != other.recording()) {
          // Positions are sorted, so the first recording comes first.
          Candidate candidate = new Candidate(one.recording(), other.recording());
          int offset = other.frame() - one.frame();
          if (tried.add(new Alignment(candidate, offset))) {
            double errors = errors(candidate, offset);
            if (errors <= MOST_BIT_ERRORS) {
              Pair pair = new Pair(candidate.first(), candidate.second(), offset, errors);
              best.merge(candidate, pair, CopySearch::closer);
            }
          }
        }
      }
    }
  }

  private double errors(Candidate candidate, int offset) {
    Fingerprint.Distance distance =
        fingerprints.get(candidate.first()).distance(fingerprints.get(candidate.second()), offset);
    return distance.frames() < LEAST_FRAMES ? 1 : distance.bitErrorRate();
  }

  private static Pair closer(Pair one, Pair other) {
    return one.bitErrorRate() <= other.bitErrorRate() ? one : other;
  }
}
