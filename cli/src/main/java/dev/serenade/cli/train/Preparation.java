package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.corpus.ClipLines;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.training.experiment.FeatureOrigin;
import dev.serenade.training.experiment.PretrainedHead;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.store.Augmentation;
import dev.serenade.training.store.ExtractedCorpus;
import dev.serenade.training.store.FailedClip;
import dev.serenade.training.store.FeatureExtractor;
import dev.serenade.whisper.Window;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that training needs: the clips and their hidden states.
 *
 * @param source the corpus and what it was put together from
 * @param opened the encoder
 * @param origin of the hidden states
 * @param start the head that training starts from, which fits the states; empty if none was named
 * @param byFusion the clips that could be used, for each choice of layers; at least one
 */
record Preparation(
    CorpusOptions.Source source,
    OpenEncoder opened,
    FeatureOrigin origin,
    Optional<PretrainedHead> start,
    Map<LayerFusion, ExtractedCorpus> byFusion)
    implements AutoCloseable {

  /** Extracts a corpus for heads of a recipe, of the layers that the user named. */
  static Preparation of(
      CorpusOptions.Source source,
      EncoderOptions encoder,
      Recipe recipe,
      Augmentation augmentation,
      Optional<PretrainedHead> start,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    return of(
        source,
        encoder,
        opened -> List.of(encoder.layers(opened, recipe)),
        List.of(recipe),
        augmentation,
        start,
        terminal);
  }

  /**
   * Extracts a corpus for several choices of layers, from one go over the clips.
   *
   * @param recipes of the heads that will read them
   * @param start what the heads start from, which is refused if it does not fit them
   */
  static Preparation of(
      CorpusOptions.Source source,
      EncoderOptions encoder,
      Function<OpenEncoder, List<LayerFusion>> layers,
      List<Recipe> recipes,
      Augmentation augmentation,
      Optional<PretrainedHead> start,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    requireClasses(source.corpus());
    OpenEncoder opened = encoder.open();
    try {
      List<LayerFusion> fusions = layers.apply(opened);
      EncoderIdentity identity = opened.identity();
      requireFit(start, recipes, fusions, identity, encoder.window());
      Map<LayerFusion, ExtractedCorpus> extracted =
          extract(
              source.corpus().utterances(),
              augmentation,
              fusions,
              encoder.extractor(opened, encoder.store(identity)),
              terminal);
      FeatureOrigin origin = new FeatureOrigin(opened.weights(), identity, encoder.window());
      return new Preparation(source, opened, origin, start, extracted);
    } catch (CannotRunException | InterruptedException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** Finds out before hours of work, not after. */
  private static void requireFit(
      Optional<PretrainedHead> start,
      List<Recipe> recipes,
      List<LayerFusion> fusions,
      EncoderIdentity identity,
      Window window)
      throws CannotRunException {
    if (start.isEmpty()) {
      return;
    }
    try {
      for (Recipe recipe : recipes) {
        fusions.forEach(fusion -> start.get().requireFit(recipe, fusion, identity, window));
      }
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("--init: " + e.getMessage(), e);
    }
  }

  static void requireClasses(Corpus corpus) throws CannotRunException {
    if (corpus.emotions().size() < 2) {
      throw new CannotRunException(
          "%s: expected clips of two emotions or more, found only %s"
              .formatted(corpus.name(), corpus.emotions().iterator().next()));
    }
  }

  /** Extracts clips, shows how far it is, and says which have failed. */
  static Map<LayerFusion, ExtractedCorpus> extract(
      List<Utterance> clips,
      Augmentation augmentation,
      List<LayerFusion> fusions,
      FeatureExtractor extractor,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    return extract(clips, augmentation, fusions, extractor, "hidden states", terminal);
  }

  /** Decodes clips, or reads what was decoded before; otherwise as {@link #extract}. */
  static ExtractedCorpus extractTokens(
      List<Utterance> clips,
      Augmentation augmentation,
      OpenDecoder decoder,
      EncoderOptions options,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    LayerFusion layer = decoder.layer();
    return Objects.requireNonNull(
        extract(clips, augmentation, List.of(layer), options.extractor(decoder), "tokens", terminal)
            .get(layer));
  }

  /**
   * Extracts clips.
   *
   * @param what is extracted, for the line that shows how far it is
   */
  private static Map<LayerFusion, ExtractedCorpus> extract(
      List<Utterance> clips,
      Augmentation augmentation,
      List<LayerFusion> fusions,
      FeatureExtractor extractor,
      String what,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    ProgressLine progress = new ProgressLine(terminal, true, clips.size());
    Map<LayerFusion, ExtractedCorpus> extracted;
    try {
      extracted =
          extractor.extract(clips, augmentation, fusions, (done, all) -> progress.show(done, what));
    } catch (InterruptedIOException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      throw new CannotRunException(e);
    } finally {
      progress.erase();
    }
    // Which clips can be used does not depend on the layers.
    ExtractedCorpus any = extracted.values().iterator().next();
    ClipLines.list("failed", any.failed().stream().map(FailedClip::reason).toList(), terminal);
    if (any.clips().isEmpty()) {
      throw new CannotRunException("no clip could be decoded");
    }
    return extracted;
  }

  /** Returns the clips that could be used, where one choice of layers was asked for. */
  ExtractedCorpus extracted() {
    return byFusion.values().iterator().next();
  }

  /** Returns them for one of several choices of layers. */
  ExtractedCorpus extracted(LayerFusion fusion) {
    return Objects.requireNonNull(byFusion.get(fusion), fusion::text);
  }

  /** Returns this with those clips only, of those that could be used, that are among others. */
  Preparation keeping(List<Utterance> clips) {
    Map<LayerFusion, ExtractedCorpus> kept = new LinkedHashMap<>();
    byFusion.forEach((fusion, extracted) -> kept.put(fusion, extracted.keeping(clips)));
    return new Preparation(source, opened, origin, start, kept);
  }

  /** Returns whether every clip could be used. */
  boolean isComplete() {
    return extracted().failed().isEmpty();
  }

  /** Returns the emotions, in the order of the model's scores. */
  List<Emotion> classes() {
    return List.copyOf(source.corpus().emotions());
  }

  @Override
  public void close() throws CannotRunException {
    opened.close();
  }
}
