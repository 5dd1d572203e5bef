package dev.serenade.recognition.explanation;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;

/**
 * Why a clip was given its likeliest emotion, over time.
 *
 * @param uniformity of the attention in the {@link Recognition}
 * @param agreement of that attention with the occlusion
 * @param occlusion what silence in place of a stretch does to the emotion's score
 */
public record Explanation(
    AttentionUniformity uniformity, AttentionAgreement agreement, Occlusion occlusion) {

  /** Explains what was heard in a clip; takes as long as to recognise it up to 40 times. */
  public static Explanation of(EmotionRecognizer recognizer, Waveform clip, Recognition heard) {
    Occlusion occlusion = Occlusion.of(SilencedSpeech.of(recognizer, clip), heard.emotion());
    return new Explanation(
        AttentionUniformity.of(heard.attention()),
        AttentionAgreement.of(heard.attention(), occlusion),
        occlusion);
  }

  /**
   * Returns whether attention may be taken for an explanation of this score: it is not nearly
   * uniform, and it is high where the score falls without it.
   */
  public boolean attentionExplains() {
    return !uniformity.isNearlyUniform() && agreement.isShown();
  }
}
