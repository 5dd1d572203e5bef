package dev.serenade.recognition;

import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.onnx.SessionSettings;

/**
 * How a recogniser works.
 *
 * @param session on what and with how many threads
 * @param variant the encoder as it was trained, or cheaper
 */
public record RecognizerSettings(SessionSettings session, EncoderVariant variant) {

  /** Returns settings that use every processor, and the encoder as it was trained. */
  public static RecognizerSettings create() {
    return of(SessionSettings.create());
  }

  /** Returns settings that use the encoder as it was trained. */
  public static RecognizerSettings of(SessionSettings session) {
    return new RecognizerSettings(session, EncoderVariant.EXACT);
  }

  /** Returns the same with another variant of the encoder. */
  public RecognizerSettings withVariant(EncoderVariant newVariant) {
    return new RecognizerSettings(session, newVariant);
  }
}
