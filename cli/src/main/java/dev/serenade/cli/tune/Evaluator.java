package dev.serenade.cli.tune;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.evaluation.report.FoldResult;
import java.util.List;
import java.util.Map;

/** Trains and tests heads, and keeps what came of it. */
interface Evaluator {

  /** Returns how many folds there are. */
  int folds();

  /** Returns whether heads can be made with these settings. */
  boolean isUsable(Map<String, String> settings);

  /** Returns the results that were kept of the first folds with these settings, in order. */
  List<FoldResult> kept(Candidate candidate);

  /**
   * Trains and tests some folds, all at once as far as there are processors.
   *
   * @param from the first fold, counted from 0
   * @param to the one after the last
   */
  List<FoldResult> test(Candidate candidate, int from, int to)
      throws CannotRunException, InterruptedException;

  /** Returns how many folds are worth testing at once. */
  int atOnce();

  /** Keeps the results of a trial that has come to its end. */
  void keep(Trial trial) throws CannotRunException;
}
