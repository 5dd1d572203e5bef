package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.training.experiment.Circumstances;
import dev.serenade.training.experiment.CrossValidation;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.experiment.TestedFold;
import dev.serenade.training.store.ExtractedCorpus;
import java.util.List;

/**
 * The trainings of a cross-validation, whatever states their heads read.
 *
 * @param folds who is tested in turn
 * @param recipe how heads are made and trained
 * @param extracted the clips that could be used, and their states
 * @param classes in the order of the probabilities
 * @param circumstances where trainings start from, and whether they are as released
 */
record FoldTrainings(
    List<Fold> folds,
    Recipe recipe,
    ExtractedCorpus extracted,
    List<Emotion> classes,
    Circumstances circumstances) {

  FoldTrainings {
    folds = List.copyOf(folds);
    classes = List.copyOf(classes);
  }

  /**
   * Trains and tests fold by fold, or goes on with it.
   *
   * @param checkpoints where trainings are kept until their report is written
   */
  List<TestedFold> run(int threads, CheckpointFolder checkpoints, Terminal terminal)
      throws CannotRunException, InterruptedException {
    FoldLines lines = new FoldLines(terminal, folds.size());
    try {
      return new CrossValidation(recipe, extracted, classes, threads)
          .tested(folds, circumstances.keptIn(checkpoints.checkpoints()), lines);
    } catch (IllegalArgumentException e) {
      throw new CannotRunException(e);
    } finally {
      lines.end();
    }
  }
}
