package dev.serenade.cli.recognizer;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which model recognises, how fast, and on what. */
public final class ModelOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "A model file (*.serenade) to use instead of the one that comes with Serenade.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many processors to use (default: all).")
  private Optional<Integer> threads = Optional.empty();

  @Mixin private SpeedOptions speed = new SpeedOptions();

  @Mixin private DeviceOption device = new DeviceOption();

  /** Refuses what makes no sense, before anything is loaded. */
  public void check() {
    settings();
  }

  /** Loads the model, with this Whisper if it goes by words. */
  public EmotionRecognizer load(NamedWhisper whisper) throws CannotRunException {
    device.require();
    EmotionRecognizer recognizer = load(whisper, settings());
    try {
      whisper.requireUse(recognizer.model());
      return recognizer;
    } catch (CannotRunException e) {
      recognizer.close();
      throw e;
    }
  }

  /**
   * Loads the model, with this Whisper if it goes by words, which remembers them for who writes
   * them down.
   */
  public EmotionRecognizer loadRememberingWords(NamedWhisper whisper) throws CannotRunException {
    device.require();
    return load(whisper, settings().rememberingWords());
  }

  /** Returns what the model is called: the name of its file. */
  public String name() {
    return model.map(file -> String.valueOf(file.getFileName())).orElse("default");
  }

  /** Returns how graphs are run. */
  public SessionSettings session() {
    return settings().session();
  }

  private RecognizerSettings settings() {
    try {
      SessionSettings session =
          threads.map(SessionSettings::new).orElseGet(SessionSettings::create);
      return new RecognizerSettings(session.on(device.device()), speed.speed());
    } catch (IllegalArgumentException e) {
      throw usage("--threads: " + e.getMessage());
    }
  }

  private EmotionRecognizer load(NamedWhisper whisper, RecognizerSettings settings)
      throws CannotRunException {
    try {
      return model.isPresent()
          ? EmotionRecognizer.load(model.get(), whisper.locator(), settings)
          : EmotionRecognizer.loadDefault(settings);
    } catch (NoSuchFileException e) {
      throw new CannotRunException("no model file " + e.getFile(), e);
    } catch (IOException e) {
      throw cannotLoad(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError e) {
      throw cannotLoad(rootCause(e).toString(), e);
    }
  }

  /** Not every message names the file. */
  private CannotRunException cannotLoad(String reason, Throwable cause) {
    String name = model.map(Path::toString).orElse("the default model");
    return new CannotRunException(
        reason.contains(name)
            ? "cannot load the model: " + reason
            : "cannot load %s: %s".formatted(name, reason),
        cause);
  }

  /** Native libraries that cannot be loaded are reported by the class that wanted to use them. */
  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootCause(cause);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
