package dev.serenade.recognition;

import dev.serenade.whisper.onnx.SessionSettings;

/**
 * How a recogniser works.
 *
 * @param session on what and with how many threads
 * @param speed how much accuracy may be given for speed
 */
public record RecognizerSettings(SessionSettings session, Speed speed) {

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
    return new RecognizerSettings(session, other);
  }
}
