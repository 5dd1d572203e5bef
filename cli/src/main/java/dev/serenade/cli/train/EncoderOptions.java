package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.recognizer.DeviceOption;
import dev.serenade.cli.recognizer.WindowWords;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.Sha256;
import dev.serenade.training.TrainingDevice;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.store.FeatureExtractor;
import dev.serenade.training.store.FeatureStore;
import dev.serenade.training.store.StoreIdentity;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which hidden states heads are trained on, and where they are kept. */
final class EncoderOptions {

  private static final String MIDDLE = "middle";
  private static final String ALL = "all";
  private static final long BYTES_PER_GIGABYTE = 1_000_000_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--encoder",
      paramLabel = "NAME|DIR|FILE",
      defaultValue = "whisper-base",
      description =
          "A Whisper model: its name (default: ${DEFAULT-VALUE}) if serenade models pull downloaded it,"
              + " to ~/.cache/serenade/encoders or the folder that SERENADE_ENCODERS names; its Hugging"
              + " Face folder; that of a LoRA adapter; or a file of whisper.cpp.")
  private String encoder = "";

  @Option(
      names = "--layer",
      paramLabel = "LAYERS",
      defaultValue = MIDDLE,
      description =
          "Which block of the encoder to listen to: a number from 1, middle, which knows most about"
              + " emotion, or last (default: ${DEFAULT-VALUE}). Or several: weighted, their weighted sum;"
              + " attention, each clip its own; concat, side by side; of all blocks, or of some, as in"
              + " weighted:2-5, concat:2,3 or concat:middle, all but the first third and the last."
              + " Later blocks are not computed.")
  private String layer = MIDDLE;

  @Option(
      names = "--window",
      paramLabel = "MODE",
      defaultValue = "memory",
      converter = WindowWords.class,
      description =
          "memory: hear the clip and remembered silence up to 30 s, as good as padded; adaptive: the"
              + " clip only, a tenth faster; padded: with silence up to 30 s, as Whisper and the paper"
              + " do, ten times slower (default: ${DEFAULT-VALUE}).")
  private Window.Mode windowMode = Window.Mode.MEMORY;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "Where hidden states are kept between runs (default: ~/.cache/serenade/features).")
  private Optional<Path> store = Optional.empty();

  @Option(
      names = "--store-limit",
      paramLabel = "GB",
      defaultValue = "20",
      description = "How large the store may grow, in gigabytes (default: ${DEFAULT-VALUE}).")
  private double storeLimit = 20;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many processors to use; does not change results (default: all).")
  private Optional<Integer> threads = Optional.empty();

  @Mixin private DeviceOption device = new DeviceOption();

  int threads() {
    int count = threads.orElse(Runtime.getRuntime().availableProcessors());
    if (count < 1) {
      throw usage("--threads: at least 1 is needed, found " + count);
    }
    return count;
  }

  Window window() {
    return Window.of(windowMode);
  }

  /** Hears what the paper's code hears, unless the user has named a window. */
  void defaultToPadded() {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--window")) {
      windowMode = Window.Mode.PADDED;
    }
  }

  private Path folder() throws IOException {
    return EncoderLocator.create().locate(encoder);
  }

  EncoderWeights open() throws CannotRunException {
    try {
      return EncoderLocator.create().open(encoder);
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }

  EncoderIdentity identity(EncoderWeights weights) throws CannotRunException {
    try {
      String name = EncoderLocator.nameOf(folder());
      return new EncoderIdentity(name, Sha256.of(weights.files()), weights.config());
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }

  private LayerFusion layers(EncoderWeights weights) {
    try {
      return LayerFusion.parse(layer, weights.config().blocks());
    } catch (IllegalArgumentException e) {
      throw usage("--layer: " + e.getMessage());
    }
  }

  /** Returns the layers that heads of this recipe are to read. */
  LayerFusion layers(EncoderWeights weights, Recipe recipe) {
    LayerFusion layers = layers(weights);
    try {
      recipe.check(layers, weights.config().width());
    } catch (IllegalArgumentException e) {
      throw usage("--layer: " + e.getMessage());
    }
    return layers;
  }

  /** Opens the store of this encoder and window. */
  FeatureStore store(EncoderIdentity identity) throws CannotRunException {
    Path folder =
        store.orElse(Path.of(System.getProperty("user.home"), ".cache", "serenade", "features"));
    if (!(storeLimit > 0)) {
      throw usage("--store-limit: expected more than 0 gigabytes, found " + storeLimit);
    }
    try {
      return FeatureStore.open(
          folder,
          new StoreIdentity(identity.name(), identity.sha256(), window()),
          (long) (storeLimit * BYTES_PER_GIGABYTE));
    } catch (IOException e) {
      throw new CannotRunException("cannot use the feature store %s: %s".formatted(folder, e), e);
    }
  }

  /**
   * Returns the layers to extract, in a form that heads could read: those of {@code --layer}, or,
   * for {@value #ALL}, all from 1 on.
   */
  LayerFusion layersToExtract(EncoderWeights weights) {
    int blocks = weights.config().blocks();
    if (!layer.equals(ALL)) {
      return layers(weights);
    }
    return blocks == 1 ? new SingleLayer(1) : LayerFusion.parse("concat", blocks);
  }

  FeatureExtractor extractor(EncoderWeights weights, FeatureStore opened)
      throws CannotRunException {
    device.require();
    try {
      TrainingDevice.use(device.device());
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("--device: " + e.getMessage(), e);
    }
    return new FeatureExtractor(opened, weights, window(), threads(), device.device());
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
