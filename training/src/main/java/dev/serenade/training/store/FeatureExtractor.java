package dev.serenade.training.store;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.effect.EffectChain;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.internal.ParallelTasks;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.Device;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Gives the hidden states of clips: from the store, or by decoding and encoding them and putting
 * them there.
 *
 * <p>As many clips are encoded at once as there are threads, each on one thread, which wastes
 * least. A clip of more than the encoder hears (30 s) is cut there, as in the paper. A copy is made
 * of what is heard of its clip, and cut likewise. {@link EncoderStates} are the usual ones, {@link
 * DecoderStates} those of what is said.
 *
 * <p>Reads each recording's content once to know it by, so recordings must not change while an
 * extractor lives.
 */
public final class FeatureExtractor {

  /** Is told how far the work has got. */
  @FunctionalInterface
  public interface Progress {

    /** Some of all clips are done. */
    void clipsDone(int done, int all);
  }

  /** Where the sound comes from that the store lacks. */
  @FunctionalInterface
  private interface Sound {

    Waveform get() throws IOException;
  }

  /** States, or why there are none. */
  private record Outcome(Optional<StoredClip> stored, String failure) {

    static Outcome failed(String reason) {
      return new Outcome(Optional.empty(), reason);
    }
  }

  /** A clip, and its copies in the order of their effects; none if the clip itself has failed. */
  private record ClipOutcome(Utterance clip, Outcome itself, List<Outcome> copies) {}

  private final FeatureStore store;
  private final StatesSource source;
  private final int threads;
  private final ContentHashes hashes = new ContentHashes();

  /**
   * Makes an extractor.
   *
   * @param store of this encoder and window, and no others
   * @param weights of the encoder; read only if a clip is missing from the store
   * @param threads how many clips to work on at once
   */
  public FeatureExtractor(FeatureStore store, EncoderWeights weights, Window window, int threads) {
    this(store, weights, window, threads, Device.CPU);
  }

  /**
   * Prepares extraction on some device.
   *
   * @param threads how many clips are decoded and encoded at once
   */
  public FeatureExtractor(
      FeatureStore store, EncoderWeights weights, Window window, int threads, Device device) {
    this(store, new EncoderStates(weights, window, device), threads);
  }

  /**
   * Makes an extractor of any states.
   *
   * @param store of this source's states and no others
   * @param source loaded only if a clip is missing from the store
   * @param threads how many clips to work on at once
   */
  public FeatureExtractor(FeatureStore store, StatesSource source, int threads) {
    this.store = store;
    this.source = source;
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
    return extract(clips, Augmentation.NONE, fusion, progress);
  }

  /** Gives the states of all clips and of their copies. A copy that fails is listed like a clip. */
  public ExtractedCorpus extract(
      List<Utterance> clips, Augmentation augmentation, LayerFusion fusion, Progress progress)
      throws IOException {
    return Objects.requireNonNull(
        extract(clips, augmentation, List.of(fusion), progress).get(fusion));
  }

  /** Gives the states for heads of several kinds, from one go over the clips and their copies. */
  public Map<LayerFusion, ExtractedCorpus> extract(
      List<Utterance> clips,
      Augmentation augmentation,
      List<LayerFusion> fusions,
      Progress progress)
      throws IOException {
    SortedSet<Integer> layers = new TreeSet<>();
    fusions.forEach(fusion -> layers.addAll(fusion.layers()));
    List<ClipOutcome> outcomes = outcomes(clips, augmentation, layers, progress);
    Map<LayerFusion, ExtractedCorpus> corpora = new LinkedHashMap<>();
    fusions.forEach(fusion -> corpora.put(fusion, corpus(fusion, augmentation, outcomes)));
    return corpora;
  }

  /**
   * Returns the file of the store that holds a clip's states.
   *
   * @throws IOException if the recording cannot be read; it is not if the clip was extracted before
   */
  public Path file(Utterance clip) throws IOException {
    return store.file(hashes.of(clip));
  }

  /** Returns the file of the store that holds the states of a copy that was made so. */
  public Path file(ClipCopy copy, Augmentation augmentation) throws IOException {
    return store.file(augmentation.copyOf(hashes.of(copy.clip()), copy.effects()));
  }

  private ExtractedCorpus corpus(
      LayerFusion fusion, Augmentation augmentation, List<ClipOutcome> outcomes) {
    List<Utterance> clips = new ArrayList<>();
    List<ClipCopy> copies = new ArrayList<>();
    List<StoredClip> ofClips = new ArrayList<>();
    List<StoredClip> ofCopies = new ArrayList<>();
    List<FailedClip> failed = new ArrayList<>();
    for (ClipOutcome outcome : outcomes) {
      Utterance clip = outcome.clip();
      add(outcome.itself(), clip, clip, clips, ofClips, failed);
      for (int i = 0; i < outcome.copies().size(); i++) {
        ClipCopy copy = new ClipCopy(clip, augmentation.effects().get(i));
        add(outcome.copies().get(i), clip, copy, copies, ofCopies, failed);
      }
    }
    List<List<StoredStates>> states =
        Stream.concat(ofClips.stream(), ofCopies.stream())
            .map(stored -> fusion.layers().stream().map(stored::layer).toList())
            .toList();
    return new ExtractedCorpus(
        fusion,
        clips,
        augmentation,
        copies,
        new StoredFeatures(source.width(), fusion.layers().size(), states),
        failed);
  }

  private static <T> void add(
      Outcome outcome,
      Utterance clip,
      T what,
      List<T> usable,
      List<StoredClip> states,
      List<FailedClip> failed) {
    if (outcome.stored().isPresent()) {
      usable.add(what);
      states.add(outcome.stored().get());
    } else {
      failed.add(new FailedClip(clip, outcome.failure()));
    }
  }

  private List<ClipOutcome> outcomes(
      List<Utterance> clips,
      Augmentation augmentation,
      SortedSet<Integer> layers,
      Progress progress)
      throws IOException {
    try (LazySource states = new LazySource(source, layers)) {
      List<Callable<ClipOutcome>> tasks = new ArrayList<>();
      for (Utterance clip : clips) {
        tasks.add(() -> outcome(clip, augmentation, states));
      }
      return ParallelTasks.run(tasks, threads, done -> progress.clipsDone(done, clips.size()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the extraction was interrupted");
    }
  }

  private ClipOutcome outcome(Utterance clip, Augmentation augmentation, LazySource states) {
    String hash;
    try {
      hash = hashes.of(clip);
    } catch (IOException e) {
      return new ClipOutcome(clip, Outcome.failed(String.valueOf(e.getMessage())), List.of());
    }
    Sound sound = new DecodedOnce(() -> heard(clip));
    Outcome itself = outcome(clip.id(), hash, sound, states);
    List<Outcome> copies = new ArrayList<>();
    if (itself.stored().isPresent()) {
      for (EffectChain chain : augmentation.effects()) {
        String copy = augmentation.copyOf(hash, chain);
        Sound changed = () -> heard(chain.apply(sound.get(), Augmentation.seedOf(copy)));
        Outcome outcome = outcome(clip.id(), copy, changed, states);
        copies.add(
            outcome.stored().isPresent()
                ? outcome
                : Outcome.failed("copy %s: %s".formatted(chain, outcome.failure())));
      }
    }
    return new ClipOutcome(clip, itself, copies);
  }

  /** A clip that cannot be heard is an outcome; a store that cannot be written ends the run. */
  private Outcome outcome(String name, String hash, Sound sound, LazySource states) {
    Waveform waveform;
    try {
      Optional<StoredClip> found = store.find(hash, states.layers());
      if (found.isPresent()) {
        return new Outcome(found, "");
      }
      waveform = sound.get();
    } catch (IOException e) {
      return Outcome.failed(String.valueOf(e.getMessage()));
    }
    try {
      StatesSource.Session session = states.get();
      SortedMap<Integer, HiddenStates> computed;
      try {
        computed = session.states(waveform);
      } catch (IOException e) {
        return Outcome.failed(name + ": " + e.getMessage());
      }
      return new Outcome(Optional.of(store.put(hash, computed)), "");
    } catch (StatesRangeException e) {
      return Outcome.failed(name + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Waveform heard(Utterance clip) throws IOException {
    return heard(ClipDecoder.decode(clip));
  }

  private Waveform heard(Waveform waveform) {
    int longest = source.longestSamples();
    return waveform.length() > longest ? waveform.slice(0, longest) : waveform;
  }

  /** A clip's sound, which is decoded when it is first asked for. Used by one thread. */
  private static final class DecodedOnce implements Sound {

    private final Sound decoding;
    private Optional<Waveform> decoded = Optional.empty();

    DecodedOnce(Sound decoding) {
      this.decoding = decoding;
    }

    @Override
    public Waveform get() throws IOException {
      if (decoded.isEmpty()) {
        decoded = Optional.of(decoding.get());
      }
      return decoded.get();
    }
  }

  /** A source that is loaded when the first clip needs it. */
  private static final class LazySource implements AutoCloseable {

    private final StatesSource source;
    private final SortedSet<Integer> layers;
    private Optional<StatesSource.Session> session = Optional.empty();

    LazySource(StatesSource source, SortedSet<Integer> layers) {
      this.source = source;
      this.layers = layers;
    }

    SortedSet<Integer> layers() {
      return layers;
    }

    synchronized StatesSource.Session get() throws IOException {
      if (session.isEmpty()) {
        session = Optional.of(source.open(layers));
      }
      return session.get();
    }

    @Override
    public synchronized void close() {
      session.ifPresent(StatesSource.Session::close);
    }
  }
}
