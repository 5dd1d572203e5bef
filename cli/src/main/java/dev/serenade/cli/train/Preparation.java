package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.training.store.ExtractedCorpus;
import dev.serenade.training.store.FailedClip;
import dev.serenade.whisper.EncoderWeights;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that training needs: the clips and their hidden states.
 *
 * @param source the corpus and what it was put together from
 * @param weights of the encoder, open
 * @param identity of the encoder
 * @param layer whose hidden states they are
 * @param extracted the clips that could be used
 */
record Preparation(
    CorpusOptions.Source source,
    EncoderWeights weights,
    EncoderIdentity identity,
    int layer,
    ExtractedCorpus extracted)
    implements AutoCloseable {

  private static final int MOST_LISTED = 10;

  static Preparation of(CorpusOptions corpus, EncoderOptions encoder, Terminal terminal)
      throws CannotRunException, InterruptedException {
    EncoderWeights weights = encoder.open();
    try {
      int layer = encoder.layer(weights);
      CorpusOptions.Source source = read(corpus, terminal);
      EncoderIdentity identity = encoder.identity(weights);
      List<Utterance> clips = source.corpus().utterances();
      ProgressLine progress = new ProgressLine(terminal, true, clips.size());
      ExtractedCorpus extracted;
      try {
        extracted =
            encoder
                .extractor(weights, identity)
                .extract(clips, layer, (done, all) -> progress.show(done, "hidden states"));
      } finally {
        progress.erase();
      }
      reportFailures(extracted, terminal);
      return new Preparation(source, weights, identity, layer, extracted);
    } catch (InterruptedIOException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }

  /** Reads the corpus and says what is in it, and what was left out. */
  static CorpusOptions.Source read(CorpusOptions options, Terminal terminal)
      throws CannotRunException {
    CorpusOptions.Source source = options.read();
    Corpus corpus = source.corpus();
    terminal.errorLine(
        "%s: %d clips, %d speakers, %s"
            .formatted(
                corpus.name(),
                corpus.utterances().size(),
                corpus.speakers().size(),
                corpus.emotionCounts().entrySet().stream()
                    .map(count -> count.getKey() + " " + count.getValue())
                    .collect(Collectors.joining(", "))));
    List<SkippedClip> skipped =
        corpus.skipped().stream()
            .filter(clip -> clip.cause() != SkippedClip.Cause.EXCLUDED)
            .toList();
    list(
        "left out",
        skipped.stream().map(clip -> clip.path() + ": " + clip.reason()).toList(),
        terminal);
    if (corpus.utterances().isEmpty()) {
      throw new CannotRunException(corpus.name() + ": there are no clips to use");
    }
    return source;
  }

  /** Returns whether every clip could be used. */
  boolean isComplete() {
    return extracted.failed().isEmpty();
  }

  List<Emotion> classes() {
    return List.copyOf(source.corpus().emotions());
  }

  private static void reportFailures(ExtractedCorpus extracted, Terminal terminal)
      throws CannotRunException {
    list("failed", extracted.failed().stream().map(FailedClip::reason).toList(), terminal);
    if (extracted.clips().isEmpty()) {
      throw new CannotRunException("no clip could be decoded");
    }
  }

  private static void list(String what, List<String> lines, Terminal terminal) {
    lines.stream().limit(MOST_LISTED).forEach(line -> terminal.error(what + ": " + line));
    if (lines.size() > MOST_LISTED) {
      terminal.error("%s: and %d more".formatted(what, lines.size() - MOST_LISTED));
    }
  }

  @Override
  public void close() throws CannotRunException {
    try {
      weights.close();
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }
}
