package dev.serenade.cli.train;

import dev.serenade.cli.config.ConfigOption;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.Features;
import dev.serenade.training.TrainingSettings;
import dev.serenade.training.store.Augmentation;
import dev.serenade.training.store.ExtractedCorpus;
import dev.serenade.training.store.FeatureExtractor;
import dev.serenade.training.store.FeatureStore;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fills the feature store, which training would do on its way. */
@Command(
    name = "extract",
    description = {
      "Computes the hidden states of clips and keeps them.",
      "",
      "They lie in the feature store, where train and evaluate find them. What is there"
          + " already is not computed again. With --layer all, every block of the encoder is"
          + " kept; then any --layer of train finds what it needs."
    },
    customSynopsis = {
      "serenade extract (--manifest=FILE... | --corpus=NAME --root=DIR)",
      "                        [OPTION...]"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade extract --manifest calls.csv --layer all",
      "  serenade extract --corpus ravdess --root RAVDESS/ --augment speed:0.9",
      "  serenade extract --manifest calls.csv --store states/ --index states.csv",
      "",
      "The store holds safetensors files of 16-bit floats, a tensor (frames, width) named layer.N"
          + " for each layer."
    })
public final class ExtractCommand implements Callable<Integer> {

  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private final Terminal terminal;

  @Mixin private CorpusOptions corpus = new CorpusOptions();
  @Mixin private EncoderOptions encoder = new EncoderOptions();
  @Mixin private AugmentOptions augment = new AugmentOptions();
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The seed of the training that is to find copies with noise or in a room (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed = TrainingSettings.DEFAULT.seed();

  @Option(
      names = "--index",
      paramLabel = "FILE",
      description =
          "Also write a CSV that says which file of the store holds which clip, and beside it"
              + " FILE.config.yaml, with which extract --config does it again.")
  private Optional<Path> index = Optional.empty();

  /** Makes the command. */
  public ExtractCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    Augmentation augmentation = augment.augmentation(seed);
    requireWritableIndex();
    CorpusOptions.Source source = corpus.read(terminal);
    try (OpenEncoder opened = encoder.open()) {
      LayerFusion layers = encoder.layersToExtract(opened);
      FeatureStore store = encoder.store(opened.identity());
      FeatureExtractor extractor = encoder.extractor(opened, store);
      long started = System.nanoTime();
      ExtractedCorpus extracted =
          Objects.requireNonNull(
              Preparation.extract(
                      source.corpus().utterances(),
                      augmentation,
                      List.of(layers),
                      extractor,
                      terminal)
                  .get(layers));
      double seconds = (System.nanoTime() - started) / NANOSECONDS_PER_SECOND;
      if (index.isPresent()) {
        StoreIndex.write(extracted, extractor, index.get());
        config.writeBeside(index.get());
      }
      summarise(extracted, store, seconds);
      return extracted.failed().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  /** Finds out before hours of work, not after. */
  private void requireWritableIndex() throws CannotRunException {
    if (index.isPresent()) {
      Path folder = index.get().toAbsolutePath().getParent();
      if (folder == null || !Files.isWritable(folder) || Files.isDirectory(index.get())) {
        throw new CannotRunException("cannot write the file " + index.get());
      }
    }
  }

  private void summarise(ExtractedCorpus extracted, FeatureStore store, double seconds) {
    Features features = extracted.features();
    long frames = IntStream.range(0, features.clips()).mapToLong(features::frames).sum();
    PrintWriter out = terminal.outWriter();
    out.printf("clips    %d%n", extracted.clips().size());
    out.printf("copies   %d%n", extracted.copies().size());
    out.printf("failed   %d%n", extracted.failed().size());
    out.printf(
        "layers   %s%n",
        extracted.fusion().layers().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    out.printf("frames   %d%n", frames);
    out.printf(
        Locale.ROOT,
        "size     %.1f MB, of %.1f MB in the store%n",
        frames * features.width() * Short.BYTES / BYTES_PER_MEGABYTE,
        store.sizeBytes() / BYTES_PER_MEGABYTE);
    out.printf(Locale.ROOT, "seconds  %.1f%n", seconds);
    out.printf("folder   %s%n", store.folder());
    out.flush();
  }
}
