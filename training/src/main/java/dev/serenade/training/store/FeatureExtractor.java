package dev.serenade.training.store;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.model.Sha256;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.WhisperEncoder;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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

  private record Outcome(Map<Integer, StoredStates> states, String failure) {}

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
   * Gives one layer's states of all clips. A clip that fails is listed; the rest goes on.
   *
   * @throws FeatureStoreFullException if the store's limit does not hold these clips
   * @throws InterruptedIOException if the thread is interrupted; what was computed stays stored
   */
  public ExtractedCorpus extract(List<Utterance> clips, int layer, Progress progress)
      throws IOException {
    return extract(clips, new TreeSet<>(Set.of(layer)), progress).get(layer);
  }

  /** Gives the states of several layers, by layer. */
  public Map<Integer, ExtractedCorpus> extract(
      List<Utterance> clips, SortedSet<Integer> layers, Progress progress) throws IOException {
    List<Outcome> outcomes = outcomes(clips, layers, progress);
    List<Utterance> usable = new ArrayList<>();
    List<FailedClip> failed = new ArrayList<>();
    Map<Integer, List<StoredStates>> states = new LinkedHashMap<>();
    layers.forEach(layer -> states.put(layer, new ArrayList<>()));
    for (int i = 0; i < clips.size(); i++) {
      Outcome outcome = outcomes.get(i);
      if (outcome.states().isEmpty()) {
        failed.add(new FailedClip(clips.get(i), outcome.failure()));
      } else {
        usable.add(clips.get(i));
        outcome.states().forEach((layer, found) -> states.get(layer).add(found));
      }
    }
    Map<Integer, ExtractedCorpus> result = new LinkedHashMap<>();
    states.forEach(
        (layer, found) ->
            result.put(
                layer,
                new ExtractedCorpus(
                    usable, new StoredFeatures(weights.config().width(), found), failed)));
    return result;
  }

  private List<Outcome> outcomes(
      List<Utterance> clips, SortedSet<Integer> layers, Progress progress) throws IOException {
    try (LazyEncoder encoder = new LazyEncoder(weights, window, layers)) {
      ExecutorService workers = Executors.newFixedThreadPool(threads);
      try {
        List<Future<Outcome>> pending = new ArrayList<>();
        for (Utterance clip : clips) {
          pending.add(workers.submit(() -> outcome(clip, layers, encoder)));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> future : pending) {
          outcomes.add(future.get());
          progress.clipsDone(outcomes.size(), clips.size());
        }
        return outcomes;
      } finally {
        stop(workers);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the extraction was interrupted");
    }
  }

  /** Waits for clips in flight, since the encoder must not be closed under them. */
  private static void stop(ExecutorService workers) {
    workers.shutdownNow();
    boolean interrupted = false;
    boolean stopped = false;
    while (!stopped) {
      try {
        stopped = workers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome outcome(Utterance clip, SortedSet<Integer> layers, LazyEncoder encoder)
      throws IOException {
    String hash;
    Waveform waveform;
    try {
      hash = contentHash(clip);
      Optional<Map<Integer, StoredStates>> found = store.find(hash, layers);
      if (found.isPresent()) {
        return new Outcome(found.get(), "");
      }
      waveform = decode(clip);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return new Outcome(Map.of(), String.valueOf(e.getMessage()));
    }
    if (waveform.length() == 0) {
      return new Outcome(Map.of(), clip.id() + ": the clip holds no samples");
    }
    store.put(hash, encoder.get().encode(waveform).hiddenStates());
    return new Outcome(
        store
            .find(hash, layers)
            .orElseThrow(() -> new IOException(clip.id() + ": lost from " + store.folder())),
        "");
  }

  private Waveform decode(Utterance clip) throws IOException {
    AudioDecoder decoder = AudioDecoder.create();
    if (clip.channel().isPresent()) {
      decoder = decoder.withChannel(clip.channel().getAsInt());
    }
    Waveform waveform =
        clip.isWholeRecording()
            ? decoder.decode(clip.path())
            : decoder.decode(
                clip.path(),
                clip.startSeconds().orElse(0),
                clip.endSeconds().orElse(Double.POSITIVE_INFINITY));
    int longest = weights.config().positions() * Window.SAMPLES_PER_FRAME;
    return waveform.length() > longest ? waveform.slice(0, longest) : waveform;
  }

  /** Equal for equal recordings, wherever they lie. */
  private static String contentHash(Utterance clip) throws IOException {
    String part = "%s %s %s".formatted(clip.startSeconds(), clip.endSeconds(), clip.channel());
    return Sha256.of(
        (Sha256.of(List.of(clip.path())) + " " + part).getBytes(StandardCharsets.UTF_8));
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
