package dev.serenade.recognition;

/**
 * What was heard in one stretch of a recording.
 *
 * @param startSeconds where it begins
 * @param endSeconds where it ends
 * @param scores a probability for each emotion
 */
public record TimelineSegment(double startSeconds, double endSeconds, EmotionScores scores) {

  /** Returns the likeliest emotion. */
  public String emotion() {
    return scores.emotion();
  }
}
