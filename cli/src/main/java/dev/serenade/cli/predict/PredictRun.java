package dev.serenade.cli.predict;

import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.StopSignals;
import dev.serenade.cli.console.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One run of the command: scores what is decoded and writes what comes of it. Used once. */
final class PredictRun {

  /** Enough that clips of equal length meet, few enough that results keep coming. */
  private static final int MOST_AT_ONCE = 16;

  private static final double MOST_SECONDS_AT_ONCE = 60;

  private final Terminal terminal;
  private final boolean tableOnTerminal;
  private final OutcomeSink sink;
  private final Optional<TimelinePlots> plots;
  private final ProgressLine progress;
  private final List<String> heldBack = new ArrayList<>();
  private int done;
  private String lastFile = "";
  private boolean someFailed;

  /**
   * Prepares a run.
   *
   * @param tableOnTerminal whether messages would appear in the middle of a table
   * @param total how many recordings there are
   * @param plots where pictures go, if they are wanted
   */
  PredictRun(
      Terminal terminal,
      boolean tableOnTerminal,
      int total,
      OutcomeSink sink,
      Optional<TimelinePlots> plots) {
    this.terminal = terminal;
    this.tableOnTerminal = tableOnTerminal;
    this.sink = sink;
    this.plots = plots;
    this.progress = new ProgressLine(terminal, !tableOnTerminal, total);
  }

  /** Runs to the end, and returns the exit code. */
  int run(DecodeAhead decoded, Scoring scoring)
      throws CannotRunException, BrokenPipeException, InterruptedException {
    StopSignals signals = StopSignals.handleWith(this::closeWhenStopped);
    try {
      writeAll(decoded, scoring);
      sink.close();
    } finally {
      progress.erase();
      heldBack.forEach(terminal::error);
      signals.close();
    }
    return someFailed ? ExitCode.SOME_FAILED : ExitCode.DONE;
  }

  private void writeAll(DecodeAhead decoded, Scoring scoring)
      throws CannotRunException, BrokenPipeException, InterruptedException {
    // One, then two, then four: the first result is not to wait for others.
    int most = 1;
    List<Decoded> next = decoded.next(most, MOST_SECONDS_AT_ONCE);
    while (!next.isEmpty()) {
      if (next.get(0) instanceof LongRecording recording) {
        hear(recording, scoring);
      } else {
        for (Outcome outcome : scoring.score(next)) {
          write(outcome);
        }
      }
      most = Math.min(MOST_AT_ONCE, 2 * most);
      next = decoded.next(most, MOST_SECONDS_AT_ONCE);
    }
  }

  private void hear(LongRecording recording, Scoring scoring)
      throws CannotRunException, BrokenPipeException {
    Track track = recording.track();
    if (!scoring.writesTimeline()) {
      write(scoring.hear(recording, (segments, seconds) -> show(track, seconds)));
      return;
    }
    sink.begin(track, recording.rest().statedSeconds());
    Outcome outcome =
        scoring.hear(
            recording,
            (segments, seconds) -> {
              if (!segments.isEmpty()) {
                progress.erase();
              }
              for (HeardSegment segment : segments) {
                sink.segment(segment);
              }
              show(track, seconds);
            });
    progress.erase();
    sink.finish(outcome);
    conclude(outcome);
  }

  private void show(Track track, double seconds) {
    long whole = (long) seconds;
    String clock =
        String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    progress.show(done, "%s  %s".formatted(clock, track.name()));
  }

  private void write(Outcome outcome) throws CannotRunException, BrokenPipeException {
    progress.erase();
    sink.write(outcome);
    conclude(outcome);
  }

  private void conclude(Outcome outcome) throws CannotRunException {
    if (outcome instanceof Failed failed) {
      complain(failed.message());
    } else if (outcome instanceof Heard heard) {
      heard.complaint().ifPresent(this::complain);
      if (plots.isPresent() && heard.trace().isPresent()) {
        plots.get().draw(heard, heard.trace().get());
      }
    }
    // The channels of a recording are one input.
    if (!outcome.track().file().equals(lastFile) || outcome.track().channel().isEmpty()) {
      done++;
    }
    lastFile = outcome.track().file();
    progress.show(done, outcome.track().name());
  }

  private void complain(String message) {
    someFailed = true;
    if (tableOnTerminal) {
      heldBack.add(message);
    } else {
      terminal.error(message);
    }
  }

  private void closeWhenStopped() {
    try {
      sink.close();
    } catch (CannotRunException | BrokenPipeException e) {
      // The user has stopped the command; what was written so far is all there is.
    }
    progress.erase();
  }
}
