package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.evaluation.report.Report;
import dev.serenade.training.experiment.TestedFold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of several cross-validations that are to be fused, with a report of its own and, beside it,
 * what heads said of held-out clips.
 *
 * @param about what it is about
 * @param trainings what it takes
 */
record Branch(EvaluationReport about, FoldTrainings trainings) {

  /**
   * A branch that is done.
   *
   * @param run as in its report
   * @param folds the same, with what heads said of held-out clips
   */
  record Done(EvaluationRun run, List<TestedFold> folds) {

    Done {
      folds = List.copyOf(folds);
    }
  }

  /**
   * Trains and tests fold by fold and writes the report, or reads it where it is there already, of
   * the same clips and settings.
   *
   * @param folder of the report, and of checkpoints until it is written
   * @param framesOfSound whether the rows that heads read are frames, whose attention can be shown
   */
  Done runOnce(Path folder, boolean framesOfSound, int threads, Terminal terminal)
      throws CannotRunException, InterruptedException {
    Optional<Done> finished = finished(folder).filter(done -> about.isAbout(done.run()));
    if (finished.isPresent()) {
      terminal.errorLine("done before: " + folder);
      return finished.get();
    }
    CheckpointFolder checkpoints = CheckpointFolder.within(folder);
    List<TestedFold> folds = trainings.run(threads, checkpoints, terminal);
    List<FoldResult> results = folds.stream().map(TestedFold::result).toList();
    EvaluationRun run =
        about.run(
            framesOfSound ? results : results.stream().map(FoldResult::withoutAttention).toList());
    try {
      Report.write(run, heldOut(folds), folder);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(folder, e), e);
    }
    checkpoints.delete(terminal);
    return new Done(run, folds);
  }

  private static Predictions heldOut(List<TestedFold> folds) throws CannotRunException {
    List<Predictions> all = new ArrayList<>();
    for (TestedFold fold : folds) {
      all.add(
          fold.heldOut()
              .orElseThrow(
                  () ->
                      new CannotRunException(
                          "fold %s: expected validation clips, on which the weight of the fusion is chosen, but none could be used"
                              .formatted(fold.result().name()))));
    }
    return Predictions.concat(all);
  }

  /** A report that is missing, cut off or another program's is made anew. */
  private static Optional<Done> finished(Path folder) {
    try {
      EvaluationRun run = Report.read(folder);
      Map<String, Predictions> heldOut = Report.readHeldOut(folder).byFold();
      List<TestedFold> folds =
          run.folds().stream()
              .map(fold -> new TestedFold(fold, Optional.ofNullable(heldOut.get(fold.name()))))
              .toList();
      return Optional.of(new Done(run, folds));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
