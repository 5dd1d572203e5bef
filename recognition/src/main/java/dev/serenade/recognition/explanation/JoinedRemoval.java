package dev.serenade.recognition.explanation;

import dev.serenade.recognition.EmotionScores;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A long clip, heard in consecutive pieces: its scores are the mean of theirs, each counted with
 * its weight. A piece is scored once for each different way in which frames are taken from it, so
 * what touches one piece costs one piece.
 */
final class JoinedRemoval implements Removal {

  private final List<Removal> pieces;
  private final List<Double> weights;

  private JoinedRemoval(List<Removal> pieces, List<Double> weights) {
    this.pieces = pieces;
    this.weights = weights;
  }

  /** Joins pieces with these weights; one alone is left as it is. */
  static Removal of(List<Removal> pieces, List<Double> weights) {
    return pieces.size() == 1
        ? pieces.get(0)
        : new JoinedRemoval(List.copyOf(pieces), List.copyOf(weights));
  }

  @Override
  public int frames() {
    return pieces.stream().mapToInt(Removal::frames).sum();
  }

  @Override
  public List<EmotionScores> without(List<BitSet> removed) {
    List<List<EmotionScores>> byPiece = new ArrayList<>();
    int from = 0;
    for (Removal piece : pieces) {
      int start = from;
      int end = from + piece.frames();
      byPiece.add(each(piece, removed.stream().map(frames -> frames.get(start, end)).toList()));
      from = end;
    }
    List<EmotionScores> joined = new ArrayList<>();
    for (int i = 0; i < removed.size(); i++) {
      int index = i;
      joined.add(
          EmotionScores.weightedMean(
              byPiece.stream().map(scores -> scores.get(index)).toList(), weights));
    }
    return joined;
  }

  private static List<EmotionScores> each(Removal piece, List<BitSet> removed) {
    List<BitSet> distinct = removed.stream().distinct().toList();
    List<EmotionScores> scores = piece.without(distinct);
    Map<BitSet, EmotionScores> known = new LinkedHashMap<>();
    for (int i = 0; i < distinct.size(); i++) {
      known.put(distinct.get(i), scores.get(i));
    }
    return removed.stream().map(frames -> Objects.requireNonNull(known.get(frames))).toList();
  }
}
