package dev.serenade.cli.recognizer;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the whole Whisper of a model that goes by words is. */
public final class TranscriberOption {

  @Option(
      names = "--transcriber",
      paramLabel = "NAME|DIR",
      description =
          "The whole Whisper of a model that goes by words: its folder, or its name in the list of"
              + " serenade models (default: the name that the model gives).")
  private Optional<String> transcriber = Optional.empty();

  /** Returns what was named. */
  public NamedWhisper whisper() {
    return new NamedWhisper(transcriber);
  }
}
