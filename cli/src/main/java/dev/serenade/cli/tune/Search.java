package dev.serenade.cli.tune;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.evaluation.report.FoldResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Tries one candidate after the other until it is told to stop.
 *
 * <p>Whatever was kept of a candidate by an earlier search is taken as if it had just been trained:
 * so a search goes on where it was, and the trials are those of a search that was never stopped.
 */
final class Search {

  /** Is told what has come of a trial. */
  @FunctionalInterface
  interface Listener {

    /**
     * A trial is at its end.
     *
     * @param best the best so far, this one included
     * @param keptBefore whether nothing had to be trained
     */
    void trialDone(Trial trial, Trial best, boolean keptBefore);
  }

  private final Proposals proposals;
  private final Race race;
  private final Evaluator evaluator;
  private final OptionalInt most;
  private final BooleanSupplier stop;

  /**
   * Makes a search.
   *
   * @param most how many trials to make; empty for as many as there is time for
   * @param stop whether time is up; asked before anything is trained
   */
  Search(
      Proposals proposals, Race race, Evaluator evaluator, OptionalInt most, BooleanSupplier stop) {
    this.proposals = proposals;
    this.race = race;
    this.evaluator = evaluator;
    this.most = most;
    this.stop = stop;
  }

  /** Searches, and returns the trials that have come to their end, in order. */
  List<Trial> run(Listener listener) throws CannotRunException {
    List<Trial> trials = new ArrayList<>();
    while (trials.size() < most.orElse(Integer.MAX_VALUE)) {
      Optional<Candidate> candidate = proposals.next(trials);
      if (candidate.isEmpty()) {
        break;
      }
      Optional<Trial> trial = attempt(candidate.get(), Trial.best(trials), trials, listener);
      if (trial.isEmpty()) {
        break;
      }
    }
    return trials;
  }

  /** Returns the trial of a candidate, or nothing if time was up before its end. */
  private Optional<Trial> attempt(
      Candidate candidate, Optional<Trial> best, List<Trial> trials, Listener listener)
      throws CannotRunException {
    List<FoldResult> kept = evaluator.kept(candidate);
    List<FoldResult> folds = new ArrayList<>();
    Optional<String> givenUp = Optional.empty();
    while (folds.size() < evaluator.folds() && givenUp.isEmpty()) {
      int endOfLap = Math.min(folds.size() + Race.LAP, evaluator.folds());
      if (!lap(candidate, kept, folds, endOfLap)) {
        return Optional.empty();
      }
      if (best.isPresent() && endOfLap < evaluator.folds()) {
        givenUp = race.verdict(folds, best.get());
      }
    }
    Trial trial = new Trial(candidate, folds, givenUp);
    boolean keptBefore = kept.size() >= folds.size();
    evaluator.keep(trial);
    trials.add(trial);
    listener.trialDone(trial, Trial.best(trials).orElseThrow(), keptBefore);
    return Optional.of(trial);
  }

  /** Fills folds up to the end of a lap; returns false if time was up before. */
  private boolean lap(
      Candidate candidate, List<FoldResult> kept, List<FoldResult> folds, int endOfLap)
      throws CannotRunException {
    while (folds.size() < endOfLap) {
      int from = folds.size();
      if (from < kept.size()) {
        folds.add(kept.get(from));
      } else if (stop.getAsBoolean()) {
        return false;
      } else {
        int to = Math.min(endOfLap, from + evaluator.atOnce());
        try {
          folds.addAll(evaluator.test(candidate, from, to));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
    }
    return true;
  }
}
