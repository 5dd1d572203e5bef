package dev.serenade.server.work;

import dev.serenade.analysis.AnalysisStream;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Recognises the clips of many requests together: whatever has come while the last ones were
 * computed. Nothing waits for company, so a single clip takes no longer than by itself.
 *
 * <p>Whoever no longer wants a clip cancels what {@link #recognize} returned; if it was not begun,
 * it never will be.
 */
public final class ClipBatcher implements AutoCloseable {

  /** Enough that clips of equal length meet, few enough that results keep coming. */
  private static final int MOST_AT_ONCE = 16;

  private static final int MOST_SAMPLES_AT_ONCE = 60 * Waveform.SAMPLE_RATE_HZ;

  private final EmotionRecognizer recognizer;
  private final WorkListener listener;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private final Thread thread = new Thread(this::run, "recognise-clips");
  private boolean closed;

  private record Waiting(Waveform clip, CompletableFuture<Recognition> result) {}

  private ClipBatcher(EmotionRecognizer recognizer, WorkListener listener) {
    this.recognizer = recognizer;
    this.listener = listener;
  }

  /**
   * Starts to wait for clips.
   *
   * @param listener is told how many clips are computed together, each time
   */
  public static ClipBatcher start(EmotionRecognizer recognizer, WorkListener listener) {
    ClipBatcher batcher = new ClipBatcher(recognizer, listener);
    batcher.thread.setDaemon(true);
    batcher.thread.start();
    return batcher;
  }

  /** Puts a clip in the queue; it must not be empty. */
  public synchronized CompletableFuture<Recognition> recognize(Waveform clip) {
    if (closed) {
      throw new IllegalStateException("expected no clips after the end");
    }
    CompletableFuture<Recognition> result = new CompletableFuture<>();
    waiting.add(new Waiting(clip, result));
    notifyAll();
    return result;
  }

  private void run() {
    try {
      for (List<Waiting> next = take(); !next.isEmpty(); next = take()) {
        listener.batch(next.size());
        recognize(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<Waiting> take() throws InterruptedException {
    List<Waiting> taken = new ArrayList<>();
    while (taken.isEmpty() && !(closed && waiting.isEmpty())) {
      if (waiting.isEmpty()) {
        wait();
      }
      int samples = 0;
      while (!waiting.isEmpty()
          && taken.size() < MOST_AT_ONCE
          && (taken.isEmpty()
              || samples + waiting.element().clip.length() <= MOST_SAMPLES_AT_ONCE)) {
        Waiting next = waiting.remove();
        if (!next.result.isDone()) {
          samples += next.clip.length();
          taken.add(next);
        }
      }
    }
    return taken;
  }

  private void recognize(List<Waiting> clips) {
    try {
      List<Recognition> heard = recognizer.recognize(clips.stream().map(Waiting::clip).toList());
      for (int i = 0; i < clips.size(); i++) {
        clips.get(i).result.complete(AnalysisStream.requireNumbers(heard.get(i)));
      }
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      if (clips.size() == 1) {
        clips.get(0).result.completeExceptionally(e);
      } else {
        // One of several failed, and must not take the others with it.
        clips.stream()
            .filter(clip -> !clip.result.isDone())
            .forEach(clip -> recognize(List.of(clip)));
      }
    }
  }

  /** Computes what waits, and ends. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
