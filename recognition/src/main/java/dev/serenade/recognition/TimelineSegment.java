package dev.serenade.recognition;

/**
 * What was heard in one stretch of a recording.
 *
 * @param startSeconds where it begins
 * @param endSeconds where it ends
 * @param scores a probability for each emotion
 * @param abstention whether they are an answer, and if not, why
 */
public record TimelineSegment(
    double startSeconds, double endSeconds, EmotionScores scores, Abstention abstention) {

  /** Returns the likeliest emotion. */
  public String emotion() {
    return scores.emotion();
  }

  /** Returns whether the scores are no answer. */
  public boolean abstained() {
    return abstention != Abstention.NONE;
  }

  /** Returns the same, abstaining if the likeliest emotion is less probable than this. */
  public TimelineSegment abstainingBelow(double confidence) {
    return new TimelineSegment(
        startSeconds, endSeconds, scores, abstention.orUnsure(scores.confidence(), confidence));
  }
}
