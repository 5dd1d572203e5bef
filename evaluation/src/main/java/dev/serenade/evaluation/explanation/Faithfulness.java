package dev.serenade.evaluation.explanation;

import dev.serenade.evaluation.significance.Interval;
import dev.serenade.evaluation.significance.SpeakerBootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How much better than chance an explanation names what a score depends on.
 *
 * <p>With D the area under the deletion curve, I that under the insertion curve, and R that under
 * the curves of random orders, each the mean over clips:
 *
 * <pre>{@code
 * deletion  = (R - D) / R       0 as in random order; 1 if the score fell to 0 at once
 * insertion = (I - R) / R       0 as in random order
 * }</pre>
 *
 * <p>Deletion and insertion in random order have the same area: an insertion curve is the deletion
 * curve of the reverse order, which is as random. Both are below 0 where the order is worse than
 * random. Neither can be large where silence alone has the emotion's score.
 *
 * @param explanation its name
 * @param clips how many had an order
 * @param deletion the mean deletion curve
 * @param insertion the mean insertion curve
 * @param deletionScore by the formula above
 * @param deletionInterval its 95 % bootstrap interval over speakers; empty for a single one
 * @param insertionScore by the formula above
 * @param insertionInterval likewise
 */
public record Faithfulness(
    String explanation,
    int clips,
    RemovalCurve deletion,
    RemovalCurve insertion,
    double deletionScore,
    Optional<Interval> deletionInterval,
    double insertionScore,
    Optional<Interval> insertionInterval) {

  /** A clip, reduced to three areas. */
  private record Areas(double deletion, double insertion, double random) {}

  /** Judges an explanation by the clips in which it has an order, at least one. */
  static Faithfulness of(String explanation, List<ExplainedClip> all, long seed) {
    List<RemovalCurve> deletions = new ArrayList<>();
    List<RemovalCurve> insertions = new ArrayList<>();
    Map<String, List<Areas>> bySpeaker = new LinkedHashMap<>();
    for (ExplainedClip clip : all) {
      OrderedRemoval removal = clip.byExplanation().get(explanation);
      if (removal != null) {
        deletions.add(removal.mostFirst());
        insertions.add(removal.insertion());
        bySpeaker
            .computeIfAbsent(clip.speaker(), speaker -> new ArrayList<>())
            .add(
                new Areas(
                    removal.mostFirst().area(), removal.insertion().area(), clip.randomArea()));
      }
    }
    ToDoubleFunction<List<Areas>> deletion =
        areas -> 1 - sum(areas, Areas::deletion) / sum(areas, Areas::random);
    ToDoubleFunction<List<Areas>> insertion =
        areas -> sum(areas, Areas::insertion) / sum(areas, Areas::random) - 1;
    List<Areas> together = bySpeaker.values().stream().flatMap(List::stream).toList();
    List<List<Areas>> speakers = List.copyOf(bySpeaker.values());
    return new Faithfulness(
        explanation,
        deletions.size(),
        RemovalCurve.mean(deletions),
        RemovalCurve.mean(insertions),
        deletion.applyAsDouble(together),
        SpeakerBootstrap.interval95(speakers, deletion, seed),
        insertion.applyAsDouble(together),
        SpeakerBootstrap.interval95(speakers, insertion, seed));
  }

  private static double sum(List<Areas> areas, ToDoubleFunction<Areas> area) {
    return areas.stream().mapToDouble(area).sum();
  }

  /** Returns what the deletion score shows, never more than the speakers bear. */
  public String verdict() {
    if (deletionInterval.isEmpty() || deletionInterval.get().contains(0)) {
      return "no better than random shown";
    }
    return deletionScore > 0 ? "better than random" : "worse than random";
  }
}
