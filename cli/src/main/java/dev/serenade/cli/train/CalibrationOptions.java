package dev.serenade.cli.train;

import dev.serenade.cli.console.WordConverter;
import dev.serenade.evaluation.calibration.CalibrationMethod;
import dev.serenade.training.experiment.CalibrationPlan;
import picocli.CommandLine.Option;

/** How confidence is made honest; what is not given is as in {@link CalibrationPlan#DEFAULT}. */
final class CalibrationOptions {

  static final class CalibrationWords extends WordConverter<CalibrationMethod> {
    CalibrationWords() {
      super(CalibrationMethod.class);
    }
  }

  @Option(
      names = "--calibration",
      paramLabel = "KIND",
      defaultValue = "temperature",
      converter = CalibrationWords.class,
      description =
          "How confidence is made honest, on held-out speakers: none; temperature: one number; vector:"
              + " a scale and a bias for each emotion beside it, where speakers agree on them"
              + " (default: ${DEFAULT-VALUE}).")
  private CalibrationMethod method = CalibrationPlan.DEFAULT.method();

  @Option(
      names = "--calibration-folds",
      paramLabel = "K",
      description =
          "Hold every speaker out for that, in K groups, and not only those that choose the epoch;"
              + " takes K trainings more; 0: do not (default: ${DEFAULT-VALUE}).")
  private int folds = CalibrationPlan.DEFAULT.folds();

  /** Returns what was asked for. */
  CalibrationPlan plan() {
    return new CalibrationPlan(method, folds);
  }
}
