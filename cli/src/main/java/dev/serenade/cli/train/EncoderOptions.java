package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.recognizer.DeviceOption;
import dev.serenade.cli.recognizer.WindowWords;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.training.TrainingDevice;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.store.FeatureExtractor;
import dev.serenade.training.store.FeatureStore;
import dev.serenade.training.store.StoreIdentity;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.Device;
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
          "A Whisper model: its name (default: ${DEFAULT-VALUE}), kept by serenade models pull in"
              + " SERENADE_ENCODERS or ~/.cache/serenade/encoders; its Hugging Face folder; that of a LoRA adapter; a whisper.cpp file; or default, the first"
              + " blocks of whisper-base, which come with Serenade.")
  private String encoder = "";

  @Option(
      names = "--layer",
      paramLabel = "LAYERS",
      defaultValue = MIDDLE,
      description =
          "Which block of the encoder to listen to: a number from 1, middle, which knows most about"
              + " emotion, or last (default: ${DEFAULT-VALUE}). Or several: weighted, their weighted sum;"
              + " attention, each clip its own; concat, side by side; of all blocks or some of them:"
              + " weighted:2-5, concat:2,3; concat:middle means all but the first third and the last."
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

  OpenEncoder open() throws CannotRunException {
    return OpenEncoder.of(encoder);
  }

  /** Returns the encoder as the user named it. */
  String name() {
    return encoder;
  }

  /** Returns what to compute on, which is there. */
  Device device() throws CannotRunException {
    device.require();
    try {
      TrainingDevice.use(device.device());
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("--device: " + e.getMessage(), e);
    }
    return device.device();
  }

  private LayerFusion layers(OpenEncoder opened) {
    try {
      LayerFusion layers = LayerFusion.parse(layer, opened.identity().config().blocks());
      requireHere(layers, opened);
      return layers;
    } catch (IllegalArgumentException e) {
      throw usage("--layer: " + e.getMessage());
    }
  }

  /** Refuses layers after the blocks that are here. */
  void requireHere(LayerFusion layers, OpenEncoder opened) {
    if (layers.highest() > opened.blocks()) {
      throw usage(
          "--layer: the encoder of the default model has blocks 1 to %d of %s, found %d; others need the whole of it, --encoder %s"
              .formatted(
                  opened.blocks(),
                  opened.identity().name(),
                  layers.highest(),
                  opened.identity().name()));
    }
  }

  /** Returns the layers that heads of this recipe are to read. */
  LayerFusion layers(OpenEncoder opened, Recipe recipe) {
    LayerFusion layers = layers(opened);
    try {
      recipe.check(layers, opened.identity().config().width());
    } catch (IllegalArgumentException e) {
      throw usage("--layer: " + e.getMessage());
    }
    return layers;
  }

  /** Opens the store of this encoder and window. */
  FeatureStore store(EncoderIdentity identity) throws CannotRunException {
    return store(StoreIdentity.ofEncoder(identity.name(), identity.sha256(), window()));
  }

  /** Opens the store of some states. */
  FeatureStore store(StoreIdentity identity) throws CannotRunException {
    Path folder =
        store.orElse(Path.of(System.getProperty("user.home"), ".cache", "serenade", "features"));
    if (!(storeLimit > 0)) {
      throw usage("--store-limit: expected more than 0 gigabytes, found " + storeLimit);
    }
    try {
      return FeatureStore.open(folder, identity, (long) (storeLimit * BYTES_PER_GIGABYTE));
    } catch (IOException e) {
      throw new CannotRunException("cannot use the feature store %s: %s".formatted(folder, e), e);
    }
  }

  /**
   * Returns the layers to extract, in a form that heads could read: those of {@code --layer}, or,
   * for {@value #ALL}, all from 1 on.
   */
  LayerFusion layersToExtract(OpenEncoder opened) {
    if (!layer.equals(ALL)) {
      return layers(opened);
    }
    return opened.blocks() == 1 ? new SingleLayer(1) : LayerFusion.parse("concat", opened.blocks());
  }

  FeatureExtractor extractor(OpenEncoder opened, FeatureStore kept) throws CannotRunException {
    return new FeatureExtractor(kept, opened.weights(), window(), threads(), device());
  }

  /** Returns an extractor of a decoder's states, which have a place of their own in the store. */
  FeatureExtractor extractor(OpenDecoder opened) throws CannotRunException {
    return new FeatureExtractor(store(opened.identity()), opened.states(), threads());
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
