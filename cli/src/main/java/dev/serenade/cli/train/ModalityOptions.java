package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.WordConverter;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.cli.recognizer.NamedWhisper;
import dev.serenade.cli.recognizer.WholeWhisper;
import dev.serenade.training.experiment.Recipe;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether heads go by the sound, by what is said, or by both, and who writes down what is said. */
final class ModalityOptions {

  /** What heads read. */
  enum Modality {
    /** The encoder's states. */
    AUDIO,
    /** The decoder's states, token by token. */
    TEXT,
    /** Two heads, one for each, whose answers are fused. */
    BOTH
  }

  static final class ModalityWords extends WordConverter<Modality> {
    ModalityWords() {
      super(Modality.class);
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--modality",
      paramLabel = "KIND",
      defaultValue = "audio",
      converter = ModalityWords.class,
      description =
          "What heads read: audio, the encoder's states; text, the states of the decoder that writes"
              + " down what is said; both, each by a head of its own, and the two fused by a weight"
              + " that validation speakers choose; evaluate compares the three, train takes audio and"
              + " both. text and both need a whole Whisper; for text, --pooling, --layer and --window are of no effect"
              + " (default: ${DEFAULT-VALUE}).")
  private Modality modality = Modality.AUDIO;

  @Option(
      names = "--text-pooling",
      paramLabel = "KIND",
      defaultValue = "mean",
      converter = PoolingOptions.PoolingWords.class,
      description =
          "From the decoder's tokens to one vector: mean, attentive, qkv, or another kind that"
              + " --pooling takes (default: ${DEFAULT-VALUE}).")
  private PoolingOptions.PoolingChoice textPooling = PoolingOptions.PoolingChoice.MEAN;

  @Option(
      names = "--transcriber",
      paramLabel = "NAME|DIR",
      description =
          "The whole Whisper whose decoder is read: its folder, or its name as for --encoder"
              + " (default: that of --encoder; for --encoder default, "
              + WholeWhisper.DEFAULT
              + "; for evaluate --model, the name that the model gives).")
  private Optional<String> transcriber = Optional.empty();

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description =
          "The language that is spoken, such as en or de (default: find out, clip by clip).")
  private Optional<String> language = Optional.empty();

  /** Returns what heads are to read. */
  Modality modality() {
    return modality;
  }

  /** Returns whether the decoder is to be read. */
  boolean readsText() {
    return modality != Modality.AUDIO;
  }

  /** Returns the Whisper that was named, for a finished model that goes by words. */
  NamedWhisper whisper() {
    return new NamedWhisper(transcriber);
  }

  /** Refuses options that would be of no effect on a finished model. */
  void checkFinished() {
    if (readsText()) {
      throw usage("--modality needs --protocol: a finished model has its own");
    }
    if (language.isPresent() || textPooling != PoolingOptions.PoolingChoice.MEAN) {
      throw usage("--text-pooling and --language need --protocol: a finished model has its own");
    }
  }

  /** Refuses options that would be of no effect on training. */
  void check() {
    boolean given =
        transcriber.isPresent()
            || language.isPresent()
            || textPooling != PoolingOptions.PoolingChoice.MEAN;
    if (!readsText() && given) {
      throw usage("--text-pooling, --transcriber and --language need --modality text or both");
    }
  }

  /** Returns the kind of pooling of tokens. */
  PoolingOptions.PoolingChoice textPooling() {
    return textPooling;
  }

  /** Finds the whole Whisper whose decoder heads of this recipe are to read, before any work. */
  OpenDecoder open(EncoderOptions encoder, Recipe recipe) throws CannotRunException {
    OpenDecoder decoder = open(encoder);
    try {
      recipe.check(decoder.layer(), decoder.states().width());
    } catch (IllegalArgumentException e) {
      throw usage("--text-pooling: " + e.getMessage());
    }
    return decoder;
  }

  private OpenDecoder open(EncoderOptions encoder) throws CannotRunException {
    String other =
        encoder.name().equals(NamedModel.DEFAULT) ? WholeWhisper.DEFAULT : encoder.name();
    try {
      return OpenDecoder.of(transcriber.orElse(other), language, encoder.device());
    } catch (IllegalArgumentException e) {
      throw usage("--language: " + e.getMessage());
    }
  }

  ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
