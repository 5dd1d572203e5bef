package dev.serenade.cli.predict;

import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.StopSignals;
import dev.serenade.cli.console.Terminal;
import java.util.ArrayList;
import java.util.List;

/** One run of the command: scores what is decoded and writes what comes of it. Used once. */
final class PredictRun {

  /** Enough that clips of equal length meet, few enough that results keep coming. */
  private static final int MOST_AT_ONCE = 16;

  private static final double MOST_SECONDS_AT_ONCE = 60;

  private final Terminal terminal;
  private final boolean tableOnTerminal;
  private final OutcomeSink sink;
  private final ProgressLine progress;
  private final List<String> heldBack = new ArrayList<>();
  private int done;
  private boolean someFailed;

  /**
   * Prepares a run.
   *
   * @param tableOnTerminal whether messages would appear in the middle of a table
   * @param total how many recordings there are
   */
  PredictRun(Terminal terminal, boolean tableOnTerminal, int total, OutcomeSink sink) {
    this.terminal = terminal;
    this.tableOnTerminal = tableOnTerminal;
    this.sink = sink;
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
      for (Outcome outcome : scoring.score(next)) {
        write(outcome);
      }
      most = Math.min(MOST_AT_ONCE, 2 * most);
      next = decoded.next(most, MOST_SECONDS_AT_ONCE);
    }
  }

  private void write(Outcome outcome) throws CannotRunException, BrokenPipeException {
    progress.erase();
    sink.write(outcome);
    if (outcome instanceof Failed failed) {
      someFailed = true;
      if (tableOnTerminal) {
        heldBack.add(failed.message());
      } else {
        terminal.error(failed.message());
      }
    }
    done++;
    progress.show(done, outcome.file());
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
