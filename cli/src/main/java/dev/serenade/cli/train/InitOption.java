package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.cli.corpus.SeenClips;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.training.experiment.PretrainedHead;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which model's head training starts from. */
final class InitOption {

  private static final String INIT = "init";

  @Option(
      names = "--init",
      paramLabel = "FILE",
      description =
          "Start from the head of this model, or of default, the one that comes with Serenade, in place"
              + " of random values: a few clips of each emotion are enough then. Encoder, window, layer"
              + " and kind of head must be the model's; emotions may be others.")
  private Optional<String> init = Optional.empty();

  /** Returns whether there is a head to start from. */
  boolean isGiven() {
    return init.isPresent();
  }

  /** Reads the head, if there is one to start from. */
  Optional<PretrainedHead> read() throws CannotRunException {
    if (init.isEmpty()) {
      return Optional.empty();
    }
    String name = init.get();
    try {
      return Optional.of(
          name.equals(NamedModel.DEFAULT)
              ? PretrainedHead.ofDefaultModel(name)
              : PretrainedHead.read(Path.of(name)));
    } catch (NoSuchFileException e) {
      throw new CannotRunException("--init: no file " + e.getFile(), e);
    } catch (IOException e) {
      throw new CannotRunException("--init: " + e.getMessage(), e);
    }
  }

  /** Returns where a head comes from, and what that was trained on. */
  static Map<String, String> provenance(Optional<PretrainedHead> start) {
    Map<String, String> provenance = new LinkedHashMap<>();
    if (start.isPresent()) {
      provenance.put(INIT, start.get().name());
      start
          .get()
          .model()
          .description()
          .provenance()
          .forEach((name, value) -> provenance.put(INIT + "." + name, value));
    }
    return provenance;
  }

  /** Returns what to know of numbers on clips that the head may have seen. */
  static List<String> caveats(PretrainedHead start, CorpusOptions.Source source) {
    return SeenClips.caveats(
        "The model that training starts from", source, start.model().description().provenance());
  }
}
