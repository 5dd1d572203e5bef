package dev.serenade.cli.predict;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.recognizer.NamedWhisper;
import dev.serenade.cli.recognizer.WholeWhisper;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.text.TextDescription;
import dev.serenade.recognition.text.TokenDecoder;
import dev.serenade.transcription.Transcriber;
import dev.serenade.whisper.onnx.GraphException;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether to write down what is said, by which Whisper, and in which language. */
final class TranscribeOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--transcribe",
      description =
          "Also write down what is said, in each recording or, with --timeline, in each segment. Needs"
              + " a whole Whisper, which does not come with Serenade; takes much longer. With --format"
              + " table, json, jsonl or csv.")
  private boolean transcribe;

  @Option(
      names = "--transcriber",
      paramLabel = "NAME|DIR",
      description =
          "The Whisper that writes; for a model that goes by words, the one that it was trained with:"
              + " its folder, or its name in the list of serenade models (default: the name that the"
              + " model gives, or else "
              + WholeWhisper.DEFAULT
              + ").")
  private Optional<String> transcriber = Optional.empty();

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description =
          "The language that is written, such as en or de (default: the one that a model that goes by"
              + " words is told, or else find out, recording by recording).")
  private Optional<String> language = Optional.empty();

  /** Refuses what makes no sense, before anything is loaded. */
  void check(OutputFormat format) {
    if (!transcribe && language.isPresent()) {
      throw usage("--language needs --transcribe");
    }
    if (transcribe && format.captions().isPresent()) {
      throw usage(
          "--transcribe has no place in %s: use --format table, json, jsonl or csv"
              .formatted(format));
    }
  }

  /** Returns whether what is said is to be written down. */
  boolean isWanted() {
    return transcribe;
  }

  /** Returns the Whisper that was named, for a model that goes by words. */
  NamedWhisper whisper() {
    return new NamedWhisper(transcriber);
  }

  /**
   * Loads the Whisper that writes, if one is wanted; to be closed by the caller, before the
   * recogniser. For a model that goes by words it is the one that it decodes them by.
   */
  Optional<Transcriber> load(EmotionRecognizer recognizer, SessionSettings settings)
      throws CannotRunException {
    if (!transcribe) {
      return Optional.empty();
    }
    Optional<TextDescription> model = recognizer.model().text();
    Optional<String> spoken = language.or(() -> model.flatMap(TextDescription::language));
    String name =
        transcriber.or(() -> model.map(TextDescription::decoder)).orElse(WholeWhisper.DEFAULT);
    // In another language nothing is shared: a Whisper of its own then writes with all threads.
    Optional<TokenDecoder> words =
        recognizer
            .words()
            .filter(
                decoder ->
                    decoder.source().language().isEmpty()
                        || decoder.source().language().equals(spoken));
    try {
      return Optional.of(
          words.isPresent()
              ? Transcriber.of(
                  words.get(), words.get().source().folder(), spoken, settings.threads())
              : Transcriber.load(EncoderLocator.create().locate(name), spoken, settings));
    } catch (IOException | GraphException | LinkageError e) {
      throw WholeWhisper.cannotTranscribe(name, e);
    } catch (IllegalArgumentException e) {
      throw usage("--language: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
