package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.training.experiment.FeatureOrigin;
import dev.serenade.training.store.Augmentation;
import dev.serenade.training.store.ExtractedCorpus;
import dev.serenade.training.store.FailedClip;
import dev.serenade.training.store.FeatureExtractor;
import dev.serenade.whisper.EncoderWeights;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * All that training needs: the clips and their hidden states.
 *
 * @param source the corpus and what it was put together from
 * @param origin of the hidden states; its weights are open
 * @param extracted the clips that could be used
 */
record Preparation(CorpusOptions.Source source, FeatureOrigin origin, ExtractedCorpus extracted)
    implements AutoCloseable {

  /** Extracts a corpus. */
  static Preparation of(
      CorpusOptions.Source source,
      EncoderOptions encoder,
      Augmentation augmentation,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    requireClasses(source.corpus());
    EncoderWeights weights = encoder.open();
    try {
      LayerFusion layers = encoder.layers(weights);
      EncoderIdentity identity = encoder.identity(weights);
      ExtractedCorpus extracted =
          extract(
              source.corpus().utterances(),
              augmentation,
              layers,
              encoder.extractor(weights, encoder.store(identity)),
              terminal);
      FeatureOrigin origin = new FeatureOrigin(weights, identity, encoder.window());
      return new Preparation(source, origin, extracted);
    } catch (CannotRunException | InterruptedException | RuntimeException e) {
      close(weights);
      throw e;
    }
  }

  private static void requireClasses(Corpus corpus) throws CannotRunException {
    if (corpus.emotions().size() < 2) {
      throw new CannotRunException(
          "%s: expected clips of two emotions or more, found only %s"
              .formatted(corpus.name(), corpus.emotions().iterator().next()));
    }
  }

  /** Extracts clips, shows how far it is, and says which have failed. */
  static ExtractedCorpus extract(
      List<Utterance> clips,
      Augmentation augmentation,
      LayerFusion layers,
      FeatureExtractor extractor,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    ProgressLine progress = new ProgressLine(terminal, true, clips.size());
    ExtractedCorpus extracted;
    try {
      extracted =
          extractor.extract(
              clips, augmentation, layers, (done, all) -> progress.show(done, "hidden states"));
    } catch (InterruptedIOException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      throw new CannotRunException(e);
    } finally {
      progress.erase();
    }
    ClipLines.list(
        "failed", extracted.failed().stream().map(FailedClip::reason).toList(), terminal);
    if (extracted.clips().isEmpty()) {
      throw new CannotRunException("no clip could be decoded");
    }
    return extracted;
  }

  /** Returns whether every clip could be used. */
  boolean isComplete() {
    return extracted.failed().isEmpty();
  }

  /** Returns the emotions, in the order of the model's scores. */
  List<Emotion> classes() {
    return List.copyOf(source.corpus().emotions());
  }

  @Override
  public void close() throws CannotRunException {
    close(origin.weights());
  }

  private static void close(EncoderWeights weights) throws CannotRunException {
    try {
      weights.close();
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }
}
