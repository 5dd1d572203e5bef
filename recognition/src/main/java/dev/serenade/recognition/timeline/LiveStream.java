package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * An {@link EmotionStream} behind a bounded queue: one thread records and never waits, another asks
 * for what is new.
 *
 * <pre>{@code
 * LiveStream live = LiveStream.of(recognizer, Timeline.DEFAULT);
 * // who records
 * live.offer(samples);
 * live.end();
 * // who listens
 * for (var news = live.next(); news.isPresent(); news = live.next()) { ... }
 * }</pre>
 *
 * <p>Where scoring cannot keep up, whole windows are left out, the oldest first, and reported as
 * {@link HeardWindow#dropped}: no more than {@value #MOST_WAITING} ever wait. If not even samples
 * are taken in time, those that come when {@value #CAPACITY_SECONDS} s of them wait are lost, and
 * with them the windows that hold them; time goes on regardless. So memory does not grow, however
 * slow the recognition.
 *
 * <p>Windows that are not dropped have the scores that {@link Timeline#of} gives them.
 */
public final class LiveStream {

  /** Windows that wait to be scored: the newest count. */
  static final int MOST_WAITING = 4;

  /** Sound that waits to be taken. */
  static final int CAPACITY_SECONDS = 30;

  private static final int CAPACITY = CAPACITY_SECONDS * Waveform.SAMPLE_RATE_HZ;

  private final EmotionStream stream;
  private final Queue<Waveform> queue = new ArrayDeque<>();
  private int queued;
  private long lost;
  private boolean ended;
  private boolean finished;

  LiveStream(EmotionStream stream) {
    this.stream = stream;
  }

  /** Returns a stream that has heard nothing yet. */
  public static LiveStream of(EmotionRecognizer recognizer, Timeline timeline) {
    return of(EmotionStream.scorer(recognizer), DetectedSpeech.create(), timeline);
  }

  static LiveStream of(WindowScorer scorer, SpeechActivity speech, Timeline timeline) {
    return new LiveStream(new EmotionStream(scorer, speech, timeline, MOST_WAITING));
  }

  /** Takes the next samples, or loses them; does not wait. After the end, nothing is taken. */
  public synchronized void offer(Waveform samples) {
    if (ended) {
      return;
    }
    // What comes after a loss is lost, too, until it is known when the loss was.
    if (lost > 0 || queued + samples.length() > CAPACITY) {
      lost += samples.length();
    } else {
      queue.add(samples);
      queued += samples.length();
    }
    notifyAll();
  }

  /**
   * Waits until all samples have been taken, or the end: for who has them faster than they were
   * spoken, and would rather wait than lose them.
   */
  public synchronized void awaitTaken() throws InterruptedException {
    while (queued > 0 && !ended) {
      wait();
    }
  }

  /** Says that there are no more samples. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Returns how much sound waits to be taken, in seconds. */
  synchronized double queuedSeconds() {
    return (double) queued / Waveform.SAMPLE_RATE_HZ;
  }

  /**
   * Waits for samples, and returns what they make known; empty once there are no more. Called by
   * one thread.
   */
  public Optional<TimelineUpdate> next() throws InterruptedException {
    TimelineUpdate.Builder news = new TimelineUpdate.Builder();
    Waiting taken = take();
    if (taken.samples.length() > 0) {
      news.addAll(stream.push(taken.samples));
    }
    if (taken.lost > 0) {
      news.addAll(stream.lose(taken.lost));
    }
    if (taken.last) {
      if (finished) {
        return Optional.empty();
      }
      finished = true;
      news.addAll(stream.finish());
    }
    return Optional.of(news.build());
  }

  private synchronized Waiting take() throws InterruptedException {
    while (queue.isEmpty() && lost == 0 && !ended) {
      wait();
    }
    float[] samples = new float[queued];
    int position = 0;
    for (Waveform some : queue) {
      System.arraycopy(some.toArray(), 0, samples, position, some.length());
      position += some.length();
    }
    Waiting taken = new Waiting(Waveform.of(samples), lost, ended);
    queue.clear();
    queued = 0;
    lost = 0;
    notifyAll();
    return taken;
  }

  /** What was taken from the queue: samples, then so many that were lost. */
  private record Waiting(Waveform samples, long lost, boolean last) {}
}
