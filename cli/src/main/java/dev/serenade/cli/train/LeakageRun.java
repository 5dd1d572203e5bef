package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.protocol.EmoBoxFolds;
import dev.serenade.corpus.protocol.LeaveOneSpeakerOut;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.corpus.protocol.SpeakerFolds;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.LeakageGap;
import dev.serenade.evaluation.significance.Comparison;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Measures how much of a score is owed to speakers who are both in training and tested: evaluates
 * the same recipe with speakers apart, in {@value #APART} below the report, and compares the two in
 * {@value #GAP}.
 */
final class LeakageRun {

  static final String APART = "speakers-apart";
  static final String GAP = "leakage-gap";

  /** Up to so many speakers, each is tested alone. */
  private static final int FEW_SPEAKERS = 12;

  private final int threads;
  private final Terminal terminal;

  LeakageRun(int threads, Terminal terminal) {
    this.threads = threads;
    this.terminal = terminal;
  }

  /** Returns folds that keep speakers apart, as few as those of EmoBox where speakers are many. */
  static Protocol apart(EmoBoxFolds folds, Corpus corpus) {
    return corpus.speakers().size() <= FEW_SPEAKERS
        ? new LeaveOneSpeakerOut()
        : new SpeakerFolds(folds.folds().size());
  }

  /**
   * Compares a finished run with the same recipe under other folds.
   *
   * @param evaluation the run's
   * @param shared what it gave
   */
  void run(RecipeEvaluation evaluation, EmoBoxFolds folds, EvaluationRun shared, Path report)
      throws CannotRunException, InterruptedException {
    if (!folds.speakersShared()) {
      terminal.errorLine(
          "leakage gap: none to measure, as nobody is in training and test in EmoBox's folds of "
              + folds.dataset());
      return;
    }
    Protocol apart = apart(folds, evaluation.prepared().source().corpus());
    terminal.errorLine("leakage gap: the same recipe, " + apart.name());
    EvaluationRun other = evaluation.under(apart).runOnce(report.resolve(APART), threads, terminal);
    Path folder = report.resolve(GAP);
    try {
      LeakageGap gap = LeakageGap.of(shared, other);
      gap.write(folder);
      gap.comparisons().stream().map(LeakageRun::line).forEach(terminal.outWriter()::println);
      terminal.outWriter().flush();
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("leakage gap: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(folder, e), e);
    }
    terminal.errorLine("leakage gap: " + folder.resolve("report.html"));
  }

  private static String line(Comparison comparison) {
    return "leakage gap, speakers apart -> shared: " + comparison.sentence();
  }
}
