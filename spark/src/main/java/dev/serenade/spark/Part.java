package dev.serenade.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The recordings of one task and of one file of the table.
 *
 * @param number counted from 1 over the whole table; a recording never changes its part
 * @param paths of the recordings, in the order of the table
 */
record Part(int number, List<String> paths) implements Serializable {

  Part {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("expected at least one recording in part " + number);
    }
    paths = List.copyOf(paths);
  }

  /**
   * Divides recordings into parts in the order of their paths.
   *
   * @param first number of the first part
   * @param mostFiles in a part
   * @param mostBytes in a part, unless a single recording is larger
   */
  static List<Part> divide(
      List<ListedRecording> recordings, int first, int mostFiles, long mostBytes) {
    List<Part> parts = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    long bytes = 0;
    for (ListedRecording recording :
        recordings.stream().sorted(Comparator.comparing(ListedRecording::path)).toList()) {
      if (!paths.isEmpty()
          && (paths.size() == mostFiles || bytes + recording.bytes() > mostBytes)) {
        parts.add(new Part(first + parts.size(), paths));
        paths.clear();
        bytes = 0;
      }
      paths.add(recording.path());
      bytes += recording.bytes();
    }
    if (!paths.isEmpty()) {
      parts.add(new Part(first + parts.size(), paths));
    }
    return parts;
  }
}
