package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the emotion of sound as it comes.
 *
 * <pre>{@code
 * EmotionStream stream = EmotionStream.of(recognizer, Timeline.DEFAULT);
 * while (sound.hasNext()) {
 *   TimelineUpdate news = stream.push(sound.next());
 *   news.windows();    // scores of the newest window, or that nobody spoke in it
 *   news.segments();   // stretches of speech in which one emotion is the likeliest, finished
 * }
 * stream.finish();     // what was still open
 * }</pre>
 *
 * <p>Windows lie on the grid of the {@link Timeline}, which begins with the first sample. Each is
 * scored exactly as {@link EmotionRecognizer#recognize(Waveform)} scores its samples. A window that
 * holds less than {@link #LEAST_SPEECH_SECONDS} of speech is not scored, so silence costs next to
 * nothing; a window that is shorter than twice that needs half of itself.
 *
 * <p>A cell of the grid has the mean scores of the scored windows that reach into it, each counted
 * by how much of the cell it covers. Speech of consecutive cells becomes segments: they begin and
 * end where the speech does or where the likeliest emotion changes, do not overlap, and leave out
 * pauses of more than half a second. A change to another emotion counts at once where that is
 * likelier by 0.2, else if the next cell says the same.
 *
 * <p>Everything looks a bounded time ahead: a window is known as soon as its last sample is, a cell
 * a window after its start, a segment at most a hop after the cell that ends it. The same samples
 * give the same result however they are cut into pushes, but for the rounding of scores (1e-5).
 * Memory does not grow with the length of the sound.
 *
 * <p>Used by one thread at a time.
 */
public final class EmotionStream {

  /** Speech that a window must hold to be scored: a detector goes on for 0.3 s after the last. */
  public static final double LEAST_SPEECH_SECONDS = 0.5;

  /** Windows that are scored at once: more gain nothing, and take memory. */
  private static final int WINDOWS_AT_ONCE = 8;

  /** Samples that are heard at once at most: half a minute. */
  private static final int LONGEST_STEP = 30 * Waveform.SAMPLE_RATE_HZ;

  private static final long LEAST_SPEECH =
      Math.round(LEAST_SPEECH_SECONDS * Waveform.SAMPLE_RATE_HZ);

  private final WindowScorer scorer;
  private final SpeechActivity speech;
  private final int window;
  private final int hop;
  private final int mostWaiting;
  private final RecentSamples samples = new RecentSamples();
  private final Deque<Scored> recentWindows = new ArrayDeque<>();
  private final List<SampleRange> lost = new ArrayList<>();
  private final SegmentBuilder segments = new SegmentBuilder();
  private long windowsDone;
  private long cellsDone;
  private boolean finished;

  EmotionStream(WindowScorer scorer, SpeechActivity speech, Timeline timeline, int mostWaiting) {
    this.scorer = scorer;
    this.speech = speech;
    this.window = timeline.windowSamples();
    this.hop = timeline.hopSamples();
    this.mostWaiting = mostWaiting;
  }

  /** Returns a stream that has heard nothing yet, and will score every window with speech. */
  public static EmotionStream of(EmotionRecognizer recognizer, Timeline timeline) {
    return new EmotionStream(
        scorer(recognizer), DetectedSpeech.create(), timeline, Integer.MAX_VALUE);
  }

  static WindowScorer scorer(EmotionRecognizer recognizer) {
    return windows -> recognizer.recognize(windows).stream().map(Recognition::scores).toList();
  }

  /** Hears the next samples, any number of them, and returns what they make known. */
  public TimelineUpdate push(Waveform next) {
    if (finished) {
      throw new IllegalStateException("expected no samples after the end of the stream");
    }
    TimelineUpdate.Builder news = new TimelineUpdate.Builder();
    // Not all at once, or memory would grow with the length of a push; unless windows may be
    // dropped, for then all that wait must be known.
    int step = mayDrop() ? next.length() : Math.min(WINDOWS_AT_ONCE * hop, LONGEST_STEP);
    for (int from = 0; from < next.length(); from += step) {
      Waveform some = next.slice(from, Math.min(next.length(), from + step));
      samples.append(some);
      speech.accept(some);
      hear(completeWindows(), news);
    }
    return news.build();
  }

  /** Goes on after samples that were lost: windows that hold any of them are dropped. */
  TimelineUpdate lose(long count) {
    TimelineUpdate.Builder news = new TimelineUpdate.Builder();
    lost.add(new SampleRange(samples.end(), samples.end() + count));
    for (long left = count; left > 0; left -= LONGEST_STEP) {
      news.addAll(push(Waveform.of(new float[(int) Math.min(left, LONGEST_STEP)])));
    }
    return news.build();
  }

  private boolean mayDrop() {
    return mostWaiting < Integer.MAX_VALUE;
  }

  /** Hears that there is no more to come, and returns what was still open. */
  public TimelineUpdate finish() {
    TimelineUpdate.Builder news = new TimelineUpdate.Builder();
    if (!finished) {
      finished = true;
      speech.finish();
      List<SampleRange> windows = completeWindows();
      long next = windowsDone + windows.size();
      if (next == 0 ? samples.end() > 0 : (next - 1) * hop + window < samples.end()) {
        windows.add(new SampleRange(next * hop, samples.end()));
      }
      hear(windows, news);
      while (cellsDone * hop < samples.end()) {
        finishCell(news);
      }
      segments.finish();
      news.addAll(segments.takeFinished());
    }
    return news.build();
  }

  /** Returns how much was heard so far, in seconds. */
  public double seconds() {
    return (double) samples.end() / Waveform.SAMPLE_RATE_HZ;
  }

  private List<SampleRange> completeWindows() {
    List<SampleRange> complete = new ArrayList<>();
    long end = Math.min(samples.end(), speech.decided());
    for (long k = windowsDone; k * hop + window <= end; k++) {
      complete.add(new SampleRange(k * hop, k * hop + window));
    }
    return complete;
  }

  private void hear(List<SampleRange> windows, TimelineUpdate.Builder news) {
    int tooMany = Math.max(0, windows.size() - mostWaiting);
    windows.subList(0, tooMany).forEach(range -> finishWindow(range, Optional.empty(), true, news));
    for (int from = tooMany; from < windows.size(); from += WINDOWS_AT_ONCE) {
      List<SampleRange> some =
          windows.subList(from, Math.min(windows.size(), from + WINDOWS_AT_ONCE));
      Map<SampleRange, EmotionScores> scores =
          score(some.stream().filter(range -> holdsSpeech(range) && !isLost(range)).toList());
      for (SampleRange range : some) {
        finishWindow(range, Optional.ofNullable(scores.get(range)), isLost(range), news);
      }
    }
  }

  private void finishWindow(
      SampleRange range,
      Optional<EmotionScores> scores,
      boolean missed,
      TimelineUpdate.Builder news) {
    boolean dropped = missed && (isLost(range) || holdsSpeech(range));
    news.add(new HeardWindow(range.startSeconds(), range.endSeconds(), scores, dropped));
    scores.ifPresent(found -> recentWindows.add(new Scored(range, found)));
    windowsDone++;
    if (!finished) {
      finishCell(news);
    }
  }

  private boolean isLost(SampleRange range) {
    return lost.stream().anyMatch(some -> some.shared(range) > 0);
  }

  private Map<SampleRange, EmotionScores> score(List<SampleRange> windows) {
    Map<SampleRange, EmotionScores> byWindow = new LinkedHashMap<>();
    if (!windows.isEmpty()) {
      List<EmotionScores> scores = scorer.score(windows.stream().map(samples::slice).toList());
      for (int i = 0; i < windows.size(); i++) {
        byWindow.put(windows.get(i), scores.get(i));
      }
    }
    return byWindow;
  }

  private boolean holdsSpeech(SampleRange range) {
    long spoken =
        speech.speech(range.start(), range.end()).stream().mapToLong(SampleRange::length).sum();
    return spoken > 0 && spoken >= Math.min(LEAST_SPEECH, range.length() / 2);
  }

  /** Finishes the next cell: no window that is still to come reaches into it. */
  private void finishCell(TimelineUpdate.Builder news) {
    SampleRange cell =
        new SampleRange(cellsDone * hop, Math.min(samples.end(), (cellsDone + 1) * hop));
    Optional<EmotionScores> scores = scores(cell);
    List<SampleRange> spoken = speech.speech(cell.start(), cell.end());
    scores.ifPresent(known -> joined(spoken).forEach(part -> segments.add(part, known)));
    segments.pauseUntil(cell.end());
    double seconds = spoken.stream().mapToDouble(SampleRange::seconds).sum();
    news.add(new TimelineCell(cell.startSeconds(), cell.endSeconds(), seconds, scores));
    news.addAll(segments.takeFinished());
    cellsDone++;
    recentWindows.removeIf(scored -> scored.range().end() <= cellsDone * hop);
    samples.forget(Math.min(windowsDone, cellsDone) * hop);
    speech.forget(cellsDone * hop);
    lost.removeIf(some -> some.end() <= cellsDone * hop);
  }

  private Optional<EmotionScores> scores(SampleRange cell) {
    List<EmotionScores> scores = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (Scored scored : recentWindows) {
      long shared = scored.range().shared(cell);
      if (shared > 0) {
        scores.add(scored.scores());
        weights.add((double) shared);
      }
    }
    return scores.isEmpty()
        ? Optional.empty()
        : Optional.of(EmotionScores.weightedMean(scores, weights));
  }

  /** Returns speech without the pauses in it that are too short to count. */
  private static List<SampleRange> joined(List<SampleRange> speech) {
    List<SampleRange> parts = new ArrayList<>();
    for (SampleRange range : speech) {
      int last = parts.size() - 1;
      if (last >= 0 && range.start() - parts.get(last).end() <= SegmentBuilder.LONGEST_PAUSE) {
        parts.set(last, new SampleRange(parts.get(last).start(), range.end()));
      } else {
        parts.add(range);
      }
    }
    return parts;
  }

  private record Scored(SampleRange range, EmotionScores scores) {}
}
