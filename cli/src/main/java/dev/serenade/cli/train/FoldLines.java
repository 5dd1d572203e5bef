package dev.serenade.cli.train;

import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.training.experiment.CrossValidation;
import java.util.Locale;

/** Shows a cross-validation on stderr: a line for each fold that is done, and how far all are. */
final class FoldLines implements CrossValidation.Listener {

  /** Parts of a fold that progress is counted in. */
  private static final int PARTS = 100;

  private final Terminal terminal;
  private final int[] partsDone;
  private final ProgressLine progress;

  FoldLines(Terminal terminal, int folds) {
    this.terminal = terminal;
    this.partsDone = new int[folds];
    this.progress = new ProgressLine(terminal, true, folds * PARTS);
  }

  @Override
  public synchronized void foldAt(int fold, int step, int steps) {
    partsDone[fold] = (int) ((long) PARTS * step / steps);
    int sum = 0;
    for (int parts : partsDone) {
      sum += parts;
    }
    progress.show(sum, "training");
  }

  @Override
  public synchronized void foldDone(int fold, FoldResult result) {
    progress.erase();
    terminal.errorLine(
        String.format(
            Locale.ROOT,
            "%s: %d clips, %sUA %.1f %%",
            result.name(),
            result.predictions().size(),
            result.chosenEpoch().isPresent()
                ? "epoch %d, ".formatted(result.chosenEpoch().getAsInt())
                : "",
            100 * Metric.UNWEIGHTED_AVERAGE_RECALL.of(result.predictions())));
  }

  @Override
  public synchronized void note(String line) {
    progress.erase();
    terminal.errorLine(line);
  }

  /** Takes the last line away. */
  synchronized void end() {
    progress.erase();
  }
}
