package dev.serenade.recognition;

/**
 * What was heard in a clip.
 *
 * @param durationSeconds how long the clip is
 * @param scores a probability for each emotion
 * @param attention how much each frame of 20 ms counted, the mean over heads; sums to 1. Of a model
 *     that goes by words too, to its judgement of the sound
 * @param embedding the pooled vector that the classifier saw; of such a model, that of the sound
 * @param abstention whether the scores are an answer, and if not, why
 */
public record Recognition(
    double durationSeconds,
    EmotionScores scores,
    FloatVector attention,
    FloatVector embedding,
    Abstention abstention) {

  /** Seconds from one frame of attention to the next. */
  public static final double FRAME_SECONDS = 0.02;

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

  /** Returns the same with other scores. */
  Recognition withScores(EmotionScores other) {
    return new Recognition(durationSeconds, other, attention, embedding, abstention);
  }

  /**
   * Returns the same, abstaining if the likeliest emotion is less probable than this. How few
   * answers are wrong above a confidence, the model may know: {@link
   * dev.serenade.recognition.confidence.HeldOutConfidence#abstainBelow}.
   */
  public Recognition abstainingBelow(double confidence) {
    return new Recognition(
        durationSeconds,
        scores,
        attention,
        embedding,
        abstention.orUnsure(confidence(), confidence));
  }
}
