package dev.serenade.training.store;

import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.internal.ParallelTasks;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.WhisperEncoder;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Gives the hidden states of clips: from the store, or by decoding and encoding them and putting
 * them there.
 *
 * <p>As many clips are encoded at once as there are threads, each on one thread, which wastes
 * least. A clip of more than the encoder hears (30 s) is cut there, as in the paper.
 */
public final class FeatureExtractor {

  /** Is told how far the work has got. */
  @FunctionalInterface
  public interface Progress {

    /** Some of all clips are done. */
    void clipsDone(int done, int all);
  }

  private record Outcome(Utterance clip, Optional<StoredClip> stored, String failure) {}

  private final FeatureStore store;
  private final EncoderWeights weights;
  private final Window window;
  private final int threads;

  /**
   * Makes an extractor.
   *
   * @param store of this encoder and window
   * @param weights of the encoder; read only if a clip is missing from the store
   * @param threads how many clips to work on at once
   */
  public FeatureExtractor(FeatureStore store, EncoderWeights weights, Window window, int threads) {
    this.store = store;
    this.weights = weights;
    this.window = window;
    this.threads = threads;
  }

  /**
   * Gives all clips' states of the layers that a head reads. A clip that fails is listed; the rest
   * goes on.
   *
   * @throws FeatureStoreFullException if the store's limit does not hold these clips
   * @throws InterruptedIOException if the thread is interrupted; what was computed stays stored
   */
  public ExtractedCorpus extract(List<Utterance> clips, LayerFusion fusion, Progress progress)
      throws IOException {
    return corpus(fusion, outcomes(clips, new TreeSet<>(fusion.layers()), progress));
  }

  /** Gives the states for heads of several kinds, from one go over the clips. */
  public Map<LayerFusion, ExtractedCorpus> extract(
      List<Utterance> clips, List<LayerFusion> fusions, Progress progress) throws IOException {
    SortedSet<Integer> layers = new TreeSet<>();
    fusions.forEach(fusion -> layers.addAll(fusion.layers()));
    List<Outcome> outcomes = outcomes(clips, layers, progress);
    Map<LayerFusion, ExtractedCorpus> corpora = new LinkedHashMap<>();
    fusions.forEach(fusion -> corpora.put(fusion, corpus(fusion, outcomes)));
    return corpora;
  }

  private ExtractedCorpus corpus(LayerFusion fusion, List<Outcome> outcomes) {
    List<Utterance> usable = new ArrayList<>();
    List<List<StoredStates>> states = new ArrayList<>();
    List<FailedClip> failed = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (outcome.stored().isPresent()) {
        StoredClip stored = outcome.stored().get();
        usable.add(outcome.clip());
        states.add(fusion.layers().stream().map(stored::layer).toList());
      } else {
        failed.add(new FailedClip(outcome.clip(), outcome.failure()));
      }
    }
    return new ExtractedCorpus(
        fusion,
        usable,
        new StoredFeatures(weights.config().width(), fusion.layers().size(), states),
        failed);
  }

  private List<Outcome> outcomes(
      List<Utterance> clips, SortedSet<Integer> layers, Progress progress) throws IOException {
    ContentHashes hashes = new ContentHashes();
    try (LazyEncoder encoder = new LazyEncoder(weights, window, layers)) {
      List<Callable<Outcome>> tasks = new ArrayList<>();
      for (Utterance clip : clips) {
        tasks.add(() -> outcome(clip, layers, hashes, encoder));
      }
      return ParallelTasks.run(tasks, threads, done -> progress.clipsDone(done, clips.size()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the extraction was interrupted");
    }
  }

  /** A clip that cannot be heard is an outcome; a store that cannot be written ends the run. */
  private Outcome outcome(
      Utterance clip, SortedSet<Integer> layers, ContentHashes hashes, LazyEncoder encoder) {
    String hash;
    Waveform waveform;
    try {
      hash = hashes.of(clip);
      Optional<StoredClip> found = store.find(hash, layers);
      if (found.isPresent()) {
        return new Outcome(clip, found, "");
      }
      waveform = heard(clip);
    } catch (IOException e) {
      return new Outcome(clip, Optional.empty(), String.valueOf(e.getMessage()));
    }
    try {
      StoredClip stored = store.put(hash, encoder.get().encode(waveform).hiddenStates());
      return new Outcome(clip, Optional.of(stored), "");
    } catch (StatesRangeException e) {
      return new Outcome(clip, Optional.empty(), clip.id() + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Waveform heard(Utterance clip) throws IOException {
    Waveform waveform = ClipDecoder.decode(clip);
    int longest = weights.config().positions() * Window.SAMPLES_PER_FRAME;
    return waveform.length() > longest ? waveform.slice(0, longest) : waveform;
  }

  /** An encoder that is built when the first clip needs it. */
  private static final class LazyEncoder implements AutoCloseable {

    private final EncoderWeights weights;
    private final Window window;
    private final SortedSet<Integer> layers;
    private Optional<WhisperEncoder> encoder = Optional.empty();

    LazyEncoder(EncoderWeights weights, Window window, SortedSet<Integer> layers) {
      this.weights = weights;
      this.window = window;
      this.layers = layers;
    }

    synchronized WhisperEncoder get() throws IOException {
      if (encoder.isEmpty()) {
        encoder = Optional.of(WhisperEncoder.of(weights, window, layers, new SessionSettings(1)));
      }
      return encoder.get();
    }

    @Override
    public synchronized void close() {
      encoder.ifPresent(WhisperEncoder::close);
    }
  }
}
