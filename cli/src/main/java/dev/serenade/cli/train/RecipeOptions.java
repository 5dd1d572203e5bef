package dev.serenade.cli.train;

import dev.serenade.cli.console.WordConverter;
import dev.serenade.recognition.head.AttentivePooling;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.OutputNorm;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.StatisticsPooling;
import dev.serenade.training.TrainingSettings;
import dev.serenade.training.experiment.Recipe;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How heads are made and trained; what is not given is as in {@link TrainingSettings#DEFAULT}. */
final class RecipeOptions {

  /** From frames to one vector. */
  enum PoolingChoice {
    MEAN,
    STATISTICS,
    ATTENTIVE,
    QKV
  }

  static final class PoolingWords extends WordConverter<PoolingChoice> {
    PoolingWords() {
      super(PoolingChoice.class);
    }
  }

  static final class InputNormalisationWords extends WordConverter<InputNormalisation> {
    InputNormalisationWords() {
      super(InputNormalisation.class);
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--pooling",
      paramLabel = "KIND",
      defaultValue = "qkv",
      converter = PoolingWords.class,
      description = "mean, statistics, attentive or qkv (default: ${DEFAULT-VALUE}).")
  private PoolingChoice pooling = PoolingChoice.QKV;

  @Option(
      names = "--heads",
      paramLabel = "N",
      description = "Attention heads (default: " + HeadSpec.DEFAULT_HEADS + ").")
  private int heads = HeadSpec.DEFAULT_HEADS;

  @Option(
      names = "--head-dim",
      paramLabel = "N",
      description = "Width of an attention head (default: " + HeadSpec.DEFAULT_HEAD_WIDTH + ").")
  private int headWidth = HeadSpec.DEFAULT_HEAD_WIDTH;

  @Option(
      names = "--projection",
      paramLabel = "N",
      description = "Width of the projector (default: " + HeadSpec.DEFAULT_PROJECTION_WIDTH + ").")
  private int projection = HeadSpec.DEFAULT_PROJECTION_WIDTH;

  @Option(
      names = "--input-norm",
      paramLabel = "KIND",
      defaultValue = "standardised",
      converter = InputNormalisationWords.class,
      description =
          "standardised: each dimension to mean 0, deviation 1 over training frames; none: as the paper"
              + " (default: ${DEFAULT-VALUE}).")
  private InputNormalisation inputNormalisation = InputNormalisation.STANDARDISED;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "While training (default: " + HeadSpec.DEFAULT_DROPOUT + ").")
  private double dropout = HeadSpec.DEFAULT_DROPOUT;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often to go over all clips (30).")
  private Optional<String> epochs = Optional.empty();

  @Option(names = "--batch", paramLabel = "N", description = "Clips a step (16).")
  private Optional<String> batch = Optional.empty();

  @Option(names = "--lr", paramLabel = "RATE", description = "Highest learning rate (0.001).")
  private Optional<String> learningRate = Optional.empty();

  @Option(names = "--weight-decay", paramLabel = "X", description = "Of AdamW (0.01).")
  private Optional<String> weightDecay = Optional.empty();

  @Option(names = "--loss", paramLabel = "KIND", description = "cross-entropy (default) or focal.")
  private Optional<String> loss = Optional.empty();

  @Option(
      names = "--class-weights",
      paramLabel = "KIND",
      description = "none (default), or balanced: rare classes count as much as frequent ones.")
  private Optional<String> classWeights = Optional.empty();

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "How much of each target to spread over all classes (0).")
  private Optional<String> labelSmoothing = Optional.empty();

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a better one (0: never).")
  private Optional<String> patience = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same model (0).")
  private Optional<String> seed = Optional.empty();

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      description =
          "Which part of the clips to hold out, by speaker, to choose epoch and temperature (default: "
              + Recipe.DEFAULT_VALIDATION_FRACTION
              + ").")
  private double validationFraction = Recipe.DEFAULT_VALIDATION_FRACTION;

  Recipe recipe() {
    Map<String, String> changes = new LinkedHashMap<>();
    epochs.ifPresent(value -> changes.put("epochs", value));
    batch.ifPresent(value -> changes.put("batchSize", value));
    learningRate.ifPresent(value -> changes.put("peakLearningRate", value));
    weightDecay.ifPresent(value -> changes.put("weightDecay", value));
    loss.ifPresent(value -> changes.put("loss", value.equals("ce") ? "cross-entropy" : value));
    classWeights.ifPresent(value -> changes.put("classWeights", value));
    labelSmoothing.ifPresent(value -> changes.put("labelSmoothing", value));
    patience.ifPresent(value -> changes.put("patience", value));
    seed.ifPresent(value -> changes.put("seed", value));
    try {
      return new Recipe(
          pooling(),
          inputNormalisation,
          projection,
          dropout,
          TrainingSettings.DEFAULT.with(changes),
          validationFraction);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private Pooling pooling() {
    return switch (pooling) {
      case MEAN -> new MeanPooling();
      case STATISTICS -> new StatisticsPooling(OutputNorm.ADD_AND_NORM);
      case ATTENTIVE -> AttentivePooling.of(heads, headWidth);
      case QKV -> QkvPooling.of(heads, headWidth);
    };
  }
}
