package dev.serenade.recognition;

import dev.serenade.whisper.onnx.SessionSettings;

/**
 * How a recogniser works.
 *
 * @param session on what and with how many threads
 * @param speed how much accuracy may be given for speed
 * @param remembersWords whether the tokens of the last three minutes of sound are remembered, for
 *     who wants them besides the emotion, see {@link EmotionRecognizer#words}; matters only to
 *     models that go by words
 */
public record RecognizerSettings(SessionSettings session, Speed speed, boolean remembersWords) {

  /** Settings that remember no words. */
  public RecognizerSettings(SessionSettings session, Speed speed) {
    this(session, speed, false);
  }

  /** Returns settings that use every processor, and the model as it was trained. */
  public static RecognizerSettings create() {
    return of(SessionSettings.create());
  }

  /** Returns settings that use the model as it was trained. */
  public static RecognizerSettings of(SessionSettings session) {
    return new RecognizerSettings(session, Speed.ACCURATE);
  }

  /** Returns the same at another speed. */
  public RecognizerSettings withSpeed(Speed other) {
    return new RecognizerSettings(session, other, remembersWords);
  }

  /** Returns the same, remembering words. */
  public RecognizerSettings rememberingWords() {
    return new RecognizerSettings(session, speed, true);
  }
}
