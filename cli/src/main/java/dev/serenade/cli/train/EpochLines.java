package dev.serenade.cli.train;

import dev.serenade.cli.console.Bars;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.training.EpochSummary;
import dev.serenade.training.TrainingListener;
import java.util.Locale;
import java.util.Optional;

/** Shows training on stderr: a line for each epoch, and how far it is below them. */
final class EpochLines implements TrainingListener {

  private static final int BAR_CELLS = 20;

  private final Terminal terminal;
  private final int epochs;
  private Optional<ProgressLine> progress = Optional.empty();

  EpochLines(Terminal terminal, int epochs) {
    this.terminal = terminal;
    this.epochs = epochs;
  }

  @Override
  public void stepDone(int step, int steps, double loss, double learningRate) {
    ProgressLine line =
        progress.orElseGet(
            () -> {
              progress = Optional.of(new ProgressLine(terminal, true, steps));
              return progress.get();
            });
    line.show(step, String.format(Locale.ROOT, "loss %.3f", loss));
  }

  @Override
  public void epochDone(EpochSummary epoch) {
    end();
    String bar =
        new Bars(terminal.display().blocks()).bar(epoch.validationRecall().orElse(0), BAR_CELLS);
    terminal.errorLine(
        String.format(
            Locale.ROOT,
            "epoch %2d/%d  loss %.3f  validation loss %.3f  recall %.1f %%  %s",
            epoch.epoch(),
            epochs,
            epoch.trainingLoss(),
            epoch.validationLoss().orElse(Double.NaN),
            100 * epoch.validationRecall().orElse(Double.NaN),
            bar));
  }

  @Override
  public void note(String line) {
    end();
    terminal.errorLine(line);
  }

  /** Takes the last line away. */
  void end() {
    progress.ifPresent(ProgressLine::erase);
  }
}
