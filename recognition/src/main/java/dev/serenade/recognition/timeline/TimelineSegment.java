package dev.serenade.recognition.timeline;

import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.EmotionScores;

/**
 * A stretch of speech in which one emotion is the likeliest.
 *
 * @param startSeconds where it begins
 * @param endSeconds where it ends, after the start
 * @param scores a probability for each emotion
 * @param abstention whether they are an answer, and if not, why
 */
public record TimelineSegment(
    double startSeconds, double endSeconds, EmotionScores scores, Abstention abstention) {

  /** Returns the likeliest emotion. */
  public String emotion() {
    return scores.emotion();
  }

  /** Returns the probability of the likeliest emotion. */
  public double confidence() {
    return scores.confidence();
  }

  /** Returns whether the scores are no answer. */
  public boolean abstained() {
    return abstention != Abstention.NONE;
  }

  /** Returns the same, abstaining if the likeliest emotion is less probable than this. */
  public TimelineSegment abstainingBelow(double confidence) {
    return new TimelineSegment(
        startSeconds, endSeconds, scores, abstention.orUnsure(confidence(), confidence));
  }
}
