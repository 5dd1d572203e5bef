package dev.serenade.analysis;

import dev.serenade.audio.Gap;
import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.util.List;
import java.util.Optional;

/**
 * What to say where a model is not sure.
 *
 * @param leastConfidence below which no answer is given; 0 for always an answer
 * @param leastProbability of an emotion in a set, if sets are wanted
 */
public record Doubt(double leastConfidence, Optional<Double> leastProbability) {

  /** Always an answer, and no sets. */
  public static final Doubt NONE = new Doubt(0, Optional.empty());

  /**
   * Returns what was heard in a recording.
   *
   * @param timeline as {@link #heard(List)} gives it
   */
  public Analysis heard(
      Recognition recognition,
      List<TimelineSegment> timeline,
      Optional<Explanation> explanation,
      List<Gap> gaps) {
    return new Analysis(
        recognition.abstainingBelow(leastConfidence),
        timeline,
        explanation,
        leastProbability.map(least -> set(recognition, least)).orElse(List.of()),
        gaps);
  }

  /** Returns segments that abstain where the model is not sure enough. */
  public List<TimelineSegment> heard(List<TimelineSegment> timeline) {
    return timeline.stream().map(segment -> segment.abstainingBelow(leastConfidence)).toList();
  }

  private static List<String> set(Recognition recognition, double least) {
    // Where nothing was heard, anything may be right.
    boolean silent = recognition.abstention() == Abstention.SILENT;
    return recognition.scores().atLeast(silent ? 0 : least);
  }

  /** Returns whether recordings have sets. */
  public boolean hasSets() {
    return leastProbability.isPresent();
  }
}
