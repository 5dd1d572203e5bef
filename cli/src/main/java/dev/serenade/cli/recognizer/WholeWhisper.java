package dev.serenade.cli.recognizer;

import dev.serenade.cli.console.CannotRunException;

/** The Whisper that writes down what is said; its decoder does not come with Serenade. */
public final class WholeWhisper {

  /** The one that is taken where none is named. */
  public static final String DEFAULT = "openai/whisper-base";

  private WholeWhisper() {}

  /** Returns what to tell a user whose Whisper cannot write. */
  public static CannotRunException cannotTranscribe(String name, Throwable cause) {
    return new CannotRunException(
        ("cannot transcribe with %s: %s. A whole Whisper is needed: config.json,"
                + " generation_config.json, tokenizer.json, and model.safetensors with the tensors"
                + " model.decoder.*; get one by: serenade models pull %s")
            .formatted(name, cause.getMessage(), DEFAULT),
        cause);
  }
}
