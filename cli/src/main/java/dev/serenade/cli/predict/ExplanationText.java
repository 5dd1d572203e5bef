package dev.serenade.cli.predict;

import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.explanation.AttentionUniformity;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.explanation.Occlusion;
import java.util.Locale;

/** Says in words what an explanation comes to. */
final class ExplanationText {

  /** Less than a point is not worth a sentence. */
  private static final double LEAST_CHANGE = 0.01;

  private ExplanationText() {}

  /** Says why attention is no explanation, where it is none. */
  static String ofAttention(Explanation explanation) {
    AttentionUniformity uniformity = explanation.uniformity();
    if (uniformity.isExact()) {
      return "every moment weighs the same in this model: no attention explains this score; what"
          + " does is below";
    }
    String why =
        uniformity.isNearlyUniform()
            ? String.format(Locale.ROOT, "attention is near uniform (%.2f)", uniformity.value())
            : String.format(
                Locale.ROOT,
                "attention is not high where silence costs most (rank correlation %.2f)",
                explanation.agreement().tau());
    return why + ": it does not explain this score; what does is below";
  }

  /** Says without which moment the score falls most, and to what. */
  static String ofOcclusion(Occlusion occlusion, EmotionScores scores) {
    int strongest = occlusion.strongest();
    double change = occlusion.changes().get(strongest);
    String emotion = occlusion.emotion();
    long before = Math.round(100 * scores.of(emotion));
    if (change < LEAST_CHANGE) {
      return String.format(
          Locale.ROOT,
          "no stretch of %.1f s counts alone: %s stays at %d%% without any of them",
          occlusion.stretchSeconds(),
          emotion,
          before);
    }
    return String.format(
        Locale.ROOT,
        "the moment around %.1f s counts most: without it, %s falls from %d%% to %d%%",
        (strongest + 0.5) * occlusion.stepSeconds(),
        emotion,
        before,
        Math.round(100 * (scores.of(emotion) - change)));
  }
}
