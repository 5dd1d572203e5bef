package dev.serenade.recognition;

import dev.serenade.whisper.WaveformBatch;
import dev.serenade.whisper.onnx.Device;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.OnnxGraph;
import dev.serenade.whisper.onnx.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs batches on all processors, in the way that proves faster on this machine: one batch at a
 * time with all threads on it, which is the quickest for a single clip; or as many batches at a
 * time as there are threads, each with one.
 *
 * <p>Which it is, it finds out on the work itself: once there is enough of it, some batches are run
 * one way and some the other, and their results count whichever wins. Safe for use by many threads.
 */
final class BatchRunner implements AutoCloseable {

  /** Batches before the question is asked: a second session would not pay for itself sooner. */
  private static final int BATCHES_BEFORE_TRIAL = 32;

  /** Rounds that are timed; the round before them warms the second session up. */
  private static final int TRIALS = 4;

  private static final Set<String> OUTPUTS =
      Set.of(
          RecognitionGraph.PROBABILITIES, RecognitionGraph.ATTENTION, RecognitionGraph.EMBEDDING);

  /** A way to run batches, and how fast it has been. */
  private static final class Pace {
    private double samples;
    private double seconds;

    double samplesPerSecond() {
      return samples / seconds;
    }
  }

  private final OnnxGraph graph;
  private final SessionSettings settings;
  private final GraphSession together;

  /** All guarded by this. */
  private final Pace togetherPace = new Pace();

  private final Pace apartPace = new Pace();
  private Optional<Apart> apart = Optional.empty();
  private int batchesSeen;
  private int rounds;
  private boolean trying;
  private boolean decided;

  /** The second way: one session, which each thread of the pool runs by itself. */
  private record Apart(GraphSession session, ExecutorService threads) {}

  BatchRunner(OnnxGraph graph, SessionSettings settings) {
    this.graph = graph;
    this.settings = settings;
    this.together = graph.open(settings);
    this.decided = settings.threads() == 1 || settings.device().kind() != Device.Kind.CPU;
  }

  /** Runs batches, and returns their outputs in the same order. */
  List<GraphOutputs> run(List<WaveformBatch> batches) {
    List<GraphOutputs> outputs = new ArrayList<>();
    int atOnce = settings.threads();
    while (outputs.size() < batches.size()) {
      int from = outputs.size();
      if (batches.size() - from >= 2 * atOnce && isTrialDue(2 * atOnce)) {
        try {
          outputs.addAll(timed(batches.subList(from, from + atOnce), false));
          outputs.addAll(timed(batches.subList(from + atOnce, from + 2 * atOnce), true));
        } finally {
          endTrial();
        }
      } else {
        List<WaveformBatch> rest = batches.subList(from, isDecided() ? batches.size() : from + 1);
        outputs.addAll(rest.size() > 1 && runsApart() ? apart(rest) : together(rest));
      }
    }
    return outputs;
  }

  /** Whether it is known which way is faster. */
  synchronized boolean isDecided() {
    return decided;
  }

  private synchronized boolean runsApart() {
    return decided && apart.isPresent();
  }

  private synchronized boolean isTrialDue(int atOnce) {
    batchesSeen += atOnce;
    if (decided || trying || batchesSeen < BATCHES_BEFORE_TRIAL) {
      return false;
    }
    trying = true;
    if (apart.isEmpty()) {
      apart =
          Optional.of(
              new Apart(
                  graph.open(settings.withThreads(1)),
                  Executors.newFixedThreadPool(settings.threads(), BatchRunner::daemon)));
    }
    return true;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "recognise");
    thread.setDaemon(true);
    return thread;
  }

  private List<GraphOutputs> timed(List<WaveformBatch> batches, boolean isApart) {
    long start = System.nanoTime();
    List<GraphOutputs> outputs = isApart ? apart(batches) : together(batches);
    double seconds = (System.nanoTime() - start) / 1e9;
    synchronized (this) {
      if (rounds > 0) {
        Pace pace = isApart ? apartPace : togetherPace;
        pace.seconds += seconds;
        pace.samples += batches.stream().mapToLong(batch -> batch.samples().size()).sum();
      }
    }
    return outputs;
  }

  /** Ends a round; the last one tells which way is kept. */
  private synchronized void endTrial() {
    trying = false;
    rounds++;
    if (rounds > TRIALS) {
      decided = true;
      if (apartPace.samplesPerSecond() <= togetherPace.samplesPerSecond()) {
        apart.ifPresent(BatchRunner::close);
        apart = Optional.empty();
      }
    }
  }

  private List<GraphOutputs> together(List<WaveformBatch> batches) {
    return batches.stream().map(batch -> run(together, batch)).toList();
  }

  private List<GraphOutputs> apart(List<WaveformBatch> batches) {
    Apart way;
    synchronized (this) {
      way = apart.orElseThrow();
    }
    List<CompletableFuture<GraphOutputs>> running =
        batches.stream()
            .map(
                batch ->
                    CompletableFuture.supplyAsync(() -> run(way.session(), batch), way.threads()))
            .toList();
    return running.stream().map(BatchRunner::result).toList();
  }

  private static GraphOutputs result(CompletableFuture<GraphOutputs> running) {
    try {
      // Not to be interrupted: a batch takes a fraction of a second, and cannot be stopped
      // half-way.
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static GraphOutputs run(GraphSession session, WaveformBatch batch) {
    return session.run(
        Map.of(RecognitionGraph.WAVEFORM, batch.samples()),
        Map.of(
            RecognitionGraph.LENGTHS,
            batch.lengths().stream().mapToLong(Integer::longValue).toArray()),
        OUTPUTS);
  }

  private static void close(Apart way) {
    way.threads().shutdownNow();
    way.session().close();
  }

  @Override
  public synchronized void close() {
    apart.ifPresent(BatchRunner::close);
    apart = Optional.empty();
    together.close();
  }
}
