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

    private static Done read(Path folder) throws IOException {
      EvaluationRun run = Report.read(folder);
      Map<String, Predictions> heldOut = Report.readHeldOut(folder).byFold();
      return new Done(
          run,
          run.folds().stream()
              .map(fold -> new TestedFold(fold, Optional.ofNullable(heldOut.get(fold.name()))))
              .toList());
    }

    private void write(Path folder) throws CannotRunException, IOException {
      Report.write(run, heldOut(), folder);
    }

    private Predictions heldOut() throws CannotRunException {
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
    return new ReportFolder(folder, terminal)
        .once(
            Done::read,
            done -> about.isAbout(done.run()),
            checkpoints -> done(trainings.run(threads, checkpoints, terminal), framesOfSound),
            Done::write);
  }

  private Done done(List<TestedFold> folds, boolean framesOfSound) {
    List<FoldResult> results = folds.stream().map(TestedFold::result).toList();
    return new Done(
        about.run(
            framesOfSound ? results : results.stream().map(FoldResult::withoutAttention).toList()),
        folds);
  }
}
