package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Fold;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.training.experiment.Circumstances;
import dev.serenade.training.experiment.CrossValidation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One choice of settings, which is trained and tested a few folds at a time. */
public final class RecipeTrial {

  private final RecipeEvaluation evaluation;
  private final int threads;
  private final EvaluationReport about;
  private final Terminal terminal;

  /**
   * Makes a trial.
   *
   * @param details what makes the numbers besides what the evaluation itself says
   */
  RecipeTrial(
      RecipeEvaluation evaluation, int threads, Map<String, String> details, Terminal terminal) {
    this.evaluation = evaluation;
    this.threads = threads;
    EvaluationReport plain = evaluation.about();
    Map<String, String> all = new LinkedHashMap<>(plain.details());
    all.putAll(details);
    this.about =
        new EvaluationReport(
            plain.source(), plain.subject(), plain.protocol(), plain.caveats(), all, plain.seed());
    this.terminal = terminal;
  }

  /** Returns how many folds are worked on at once. */
  public int threads() {
    return threads;
  }

  /** Puts the results of folds into a run, which need not be all. */
  public EvaluationRun run(List<FoldResult> folds) {
    return about.run(folds);
  }

  /** Returns whether a run is of the same clips, encoder and settings. */
  public boolean isAbout(EvaluationRun run) {
    return about.isAbout(run);
  }

  /**
   * Trains and tests some folds, or goes on with it.
   *
   * @param from the first fold, counted from 0
   * @param to the one after the last
   * @param checkpoints the folder where trainings are kept
   */
  public List<FoldResult> test(int from, int to, Path checkpoints)
      throws CannotRunException, InterruptedException {
    Preparation prepared = evaluation.prepared();
    List<Fold> all =
        RecipeEvaluation.folds(evaluation.protocol(), prepared.source(), evaluation.recipe());
    List<Fold> some = all.subList(from, to);
    FoldLines lines = new FoldLines(terminal, some.size());
    try {
      return new CrossValidation(
              evaluation.recipe(),
              prepared.extracted(evaluation.fusion()),
              prepared.classes(),
              threads)
          .run(
              some,
              Circumstances.ORDINARY.keptIn(
                  new CheckpointFolder(checkpoints).checkpoints().part("from-" + (from + 1))),
              onlyProgress(lines));
    } catch (IllegalArgumentException e) {
      throw new CannotRunException(e);
    } finally {
      lines.end();
    }
  }

  /** A line for each fold would be too many. */
  private static CrossValidation.Listener onlyProgress(FoldLines lines) {
    return new CrossValidation.Listener() {
      @Override
      public void foldAt(int fold, int step, int steps) {
        lines.foldAt(fold, step, steps);
      }

      @Override
      public void foldDone(int fold, FoldResult result) {}

      @Override
      public void note(String line) {
        lines.note(line);
      }
    };
  }

  /** Deletes what was kept of trainings, once their results are. */
  public void deleteCheckpoints(Path checkpoints) {
    new CheckpointFolder(checkpoints).delete(terminal);
  }
}
