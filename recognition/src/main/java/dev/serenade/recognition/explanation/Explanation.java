package dev.serenade.recognition.explanation;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;

/**
 * Why a clip was given its likeliest emotion, over time.
 *
 * @param uniformity of the attention in the {@link Recognition}
 * @param occlusion what silence in place of a stretch does to the emotion's score
 */
public record Explanation(AttentionUniformity uniformity, Occlusion occlusion) {

  /** Explains what was heard in a clip; takes as long as to recognise it up to 40 times. */
  public static Explanation of(EmotionRecognizer recognizer, Waveform clip, Recognition heard) {
    return new Explanation(
        AttentionUniformity.of(heard.attention()),
        Occlusion.of(SilencedSpeech.of(recognizer, clip), heard.emotion()));
  }
}
