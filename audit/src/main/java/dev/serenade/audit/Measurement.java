package dev.serenade.audit;

import dev.serenade.corpus.Utterance;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The measures of all clips of a corpus, and those that could not be measured.
 *
 * @param measures in the order of the corpus
 * @param unreadable likewise
 */
record Measurement(List<ClipMeasure> measures, List<Unreadable> unreadable) {

  Measurement {
    measures = List.copyOf(measures);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Decodes and measures clips, several at a time; no more sound than that is held.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  static Measurement of(List<Utterance> clips, int threads, Audit.Progress progress)
      throws InterruptedException {
    List<ClipMeasure> measures = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    List<Outcome> outcomes =
        inParallel(clips, Measurement::measure, threads, "listening", progress);
    for (Outcome outcome : outcomes) {
      measures.addAll(outcome.measures());
      unreadable.addAll(outcome.unreadable());
    }
    return new Measurement(measures, unreadable);
  }

  /** What became of one clip: an element of one of the lists. */
  private record Outcome(List<ClipMeasure> measures, List<Unreadable> unreadable) {}

  private static Outcome measure(Utterance clip) {
    try {
      return new Outcome(List.of(ClipMeasure.of(clip, ClipDecoder.decode(clip))), List.of());
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      return new Outcome(List.of(), List.of());
    } catch (IOException e) {
      return new Outcome(List.of(), List.of(new Unreadable(clip, String.valueOf(e.getMessage()))));
    }
  }

  /** Applies a function to all inputs, in this many threads, and returns the results in order. */
  static <I, O> List<O> inParallel(
      List<I> inputs, Function<I, O> function, int threads, String what, Audit.Progress progress)
      throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<O>> futures = new ArrayList<>();
      inputs.forEach(input -> futures.add(workers.submit(() -> function.apply(input))));
      List<O> results = new ArrayList<>();
      for (Future<O> future : futures) {
        results.add(future.get());
        progress.show(results.size(), inputs.size(), what);
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a clip could not be examined", e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }
}
