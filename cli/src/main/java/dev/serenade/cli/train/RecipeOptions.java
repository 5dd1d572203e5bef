package dev.serenade.cli.train;

import dev.serenade.cli.console.WordConverter;
import dev.serenade.evaluation.calibration.CalibrationMethod;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.Projector;
import dev.serenade.training.ClassWeights;
import dev.serenade.training.Loss;
import dev.serenade.training.Perturbations;
import dev.serenade.training.Sampling;
import dev.serenade.training.Schedule;
import dev.serenade.training.SettingException;
import dev.serenade.training.TrainingSettings;
import dev.serenade.training.experiment.CalibrationPlan;
import dev.serenade.training.experiment.Recipe;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How heads are made and trained; what is not given is as in {@link TrainingSettings#DEFAULT}. */
final class RecipeOptions {

  private static final TrainingSettings DEFAULT = TrainingSettings.DEFAULT;

  static final class LossWords extends WordConverter<Loss> {
    LossWords() {
      super(Loss.class);
    }

    @Override
    public Loss convert(String value) {
      return super.convert(value.equals("ce") ? "cross-entropy" : value);
    }
  }

  static final class ClassWeightsWords extends WordConverter<ClassWeights> {
    ClassWeightsWords() {
      super(ClassWeights.class);
    }
  }

  static final class SamplingWords extends WordConverter<Sampling> {
    SamplingWords() {
      super(Sampling.class);
    }
  }

  static final class InputNormalisationWords extends WordConverter<InputNormalisation> {
    InputNormalisationWords() {
      super(InputNormalisation.class);
    }
  }

  static final class ScheduleWords extends WordConverter<Schedule> {
    ScheduleWords() {
      super(Schedule.class);
    }
  }

  static final class ProjectorWords extends WordConverter<Projector> {
    ProjectorWords() {
      super(Projector.class);
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private PoolingOptions poolingOptions = new PoolingOptions();

  @Option(
      names = "--projector",
      paramLabel = "KIND",
      defaultValue = "learned",
      converter = ProjectorWords.class,
      description =
          "How frames are made narrower: learned, as in the paper; pca, by the principal components"
              + " of the training frames; relu, learned, and what is below 0 becomes 0, in place of the"
              + " layer normalisation of the others, as EmoBox does; none, not at all (default:"
              + " ${DEFAULT-VALUE}).")
  private Projector projector = Projector.LEARNED;

  @Option(
      names = "--projection",
      paramLabel = "N",
      description = "Width that frames are projected to (default: ${DEFAULT-VALUE}).")
  private int projection = HeadSpec.DEFAULT_PROJECTION_WIDTH;

  @Option(
      names = "--input-norm",
      paramLabel = "KIND",
      defaultValue = "standardised",
      converter = InputNormalisationWords.class,
      description =
          "standardised: each dimension to mean 0, deviation 1 over the training frames; none: as in"
              + " the paper; layer-norm: each frame by itself; utterance: each clip by itself, as"
              + " EmoBox does (default: ${DEFAULT-VALUE}).")
  private InputNormalisation inputNormalisation = InputNormalisation.STANDARDISED;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "Share of values dropped in training (default: ${DEFAULT-VALUE}).")
  private double dropout = HeadSpec.DEFAULT_DROPOUT;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often to go over the clips (default: ${DEFAULT-VALUE}).")
  private int epochs = DEFAULT.epochs();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Clips a step (default: ${DEFAULT-VALUE}).")
  private int batchSize = DEFAULT.batchSize();

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "Highest learning rate (default: ${DEFAULT-VALUE}).")
  private double learningRate = DEFAULT.peakLearningRate();

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Weight decay of AdamW (default: ${DEFAULT-VALUE}).")
  private double weightDecay = DEFAULT.weightDecay();

  @Option(
      names = "--loss",
      paramLabel = "KIND",
      defaultValue = "ce",
      converter = LossWords.class,
      description =
          "ce: cross-entropy; focal: cares less for what is already right (default:"
              + " ${DEFAULT-VALUE}).")
  private Loss loss = DEFAULT.loss();

  @Option(
      names = "--class-weights",
      paramLabel = "KIND",
      defaultValue = "none",
      converter = ClassWeightsWords.class,
      description =
          "none, or balanced: rare emotions count as much as frequent ones (default:"
              + " ${DEFAULT-VALUE}).")
  private ClassWeights classWeights = DEFAULT.classWeights();

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      description = "Share of each target spread over all emotions (default: ${DEFAULT-VALUE}).")
  private double labelSmoothing = DEFAULT.labelSmoothing();

  @Option(
      names = "--sampling",
      paramLabel = "KIND",
      defaultValue = "uniform",
      converter = SamplingWords.class,
      description =
          "uniform: every clip once an epoch; balanced: as many clips of every emotion; difficult:"
              + " clips with a high loss more often (default: ${DEFAULT-VALUE}).")
  private Sampling sampling = DEFAULT.sampling();

  @Option(
      names = "--frame-share",
      paramLabel = "X",
      description =
          "Share of its frames, at random, that a clip shows in a step of training, which costs that"
              + " much less (default: ${DEFAULT-VALUE}).")
  private double frameShare = DEFAULT.perturbations().frameShare();

  @Option(
      names = "--time-mask",
      paramLabel = "X",
      description =
          "Leave out a stretch of each clip, up to this share of it (default: ${DEFAULT-VALUE}).")
  private double timeMask = DEFAULT.perturbations().timeMask();

  @Option(
      names = "--feature-mask",
      paramLabel = "X",
      description =
          "Mask dimensions of the hidden states, up to this share of them (default:"
              + " ${DEFAULT-VALUE}).")
  private double featureMask = DEFAULT.perturbations().featureMask();

  @Option(
      names = "--mixup",
      paramLabel = "ALPHA",
      description =
          "Mix pairs of clips and their targets by a share drawn from Beta(ALPHA, ALPHA); 0: never"
              + " (default: ${DEFAULT-VALUE}).")
  private double mixup = DEFAULT.perturbations().mixup();

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop after N epochs without a better one; 0: never (default: ${DEFAULT-VALUE}).")
  private int patience = DEFAULT.patience();

  @Option(
      names = "--schedule",
      paramLabel = "KIND",
      defaultValue = "cosine",
      converter = ScheduleWords.class,
      description =
          "How the learning rate goes: cosine, up for a tenth of the steps, then down to 0, as in the"
              + " paper; constant (default: ${DEFAULT-VALUE}).")
  private Schedule schedule = DEFAULT.schedule();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Same seed, same model (default: ${DEFAULT-VALUE}).")
  private long seed = DEFAULT.seed();

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      description =
          "Share of the clips to hold out, by speaker, to choose the epoch and to make confidence"
              + " honest (default: ${DEFAULT-VALUE}).")
  private double validationFraction = Recipe.DEFAULT_VALIDATION_FRACTION;

  @Option(
      names = "--refit",
      description =
          "Once the epoch is chosen, train anew on all clips, those held out included, which takes"
              + " about twice as long.")
  private boolean refit;

  @Mixin private CalibrationOptions calibration = new CalibrationOptions();

  /** Returns the pooling that was asked for. */
  PoolingOptions.PoolingChoice pooling() {
    return poolingOptions.choice();
  }

  /** Returns what was asked for, which is wrong usage where it makes no sense. */
  Recipe recipe() {
    return recipes(List.of(pooling())).get(0);
  }

  /** Returns what was asked for with each of these poolings. */
  List<Recipe> recipes(List<PoolingOptions.PoolingChoice> choices) {
    try {
      poolingOptions.check(choices);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return choices.stream().map(this::recipe).toList();
  }

  private Recipe recipe(PoolingOptions.PoolingChoice choice) {
    try {
      TrainingSettings settings =
          new TrainingSettings(
              epochs,
              batchSize,
              learningRate,
              DEFAULT.warmUpFraction(),
              weightDecay,
              loss,
              classWeights,
              labelSmoothing,
              sampling,
              new Perturbations(frameShare, timeMask, featureMask, mixup),
              patience,
              schedule,
              seed);
      return new Recipe(
              poolingOptions.pooling(choice),
              inputNormalisation,
              choice == PoolingOptions.PoolingChoice.LINEAR ? Projector.NONE : projector,
              projection,
              dropout,
              settings,
              validationFraction,
              refit)
          .calibrated(calibration.plan());
    } catch (SettingException e) {
      throw new ParameterException(spec.commandLine(), option(e.setting()) + ": " + e.problem(), e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /**
   * Returns a recipe for heads as in the paper's released code: no standardisation, unless the user
   * has asked for it, and nothing that makes confidence honest.
   */
  Recipe asReleased(Recipe recipe) {
    if (refit) {
      throw new ParameterException(
          spec.commandLine(), "--refit: as released, nobody is held out to refit on");
    }
    boolean given = spec.commandLine().getParseResult().hasMatchedOption("--input-norm");
    return new Recipe(
            recipe.pooling().asReleased(),
            given ? recipe.inputNormalisation() : InputNormalisation.NONE,
            recipe.projector(),
            recipe.projectionWidth(),
            recipe.dropout(),
            recipe.settings(),
            recipe.validationFraction(),
            false)
        .calibrated(new CalibrationPlan(CalibrationMethod.NONE, 0));
  }

  /** Returns the option by which a user sets this. */
  private static String option(String setting) {
    return switch (setting) {
      case "batchSize" -> "--batch";
      case "peakLearningRate" -> "--lr";
      default -> "--" + setting.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    };
  }
}
