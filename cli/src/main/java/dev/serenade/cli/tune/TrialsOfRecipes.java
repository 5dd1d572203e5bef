package dev.serenade.cli.tune;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.train.RecipeTrial;
import dev.serenade.cli.train.RecipeTrials;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.evaluation.report.Report;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.ParameterException;

/**
 * Trains heads as {@code evaluate} does, and keeps each trial's report in a folder {@code
 * trials/NNNN} of its own, written whole or not at all.
 *
 * <p>What is there already is known by its provenance, not by its number: with another space most
 * of it may still be of use; of other clips, another encoder or another version, nothing is.
 */
final class TrialsOfRecipes implements Evaluator {

  private static final String TRIALS = "trials";

  private final RecipeTrials trials;
  private final Path report;
  private final Terminal terminal;

  /** What earlier searches left, by the name of its folder. */
  private final Map<String, EvaluationRun> before = new TreeMap<>();

  private final Map<Integer, String> reused = new LinkedHashMap<>();

  private Optional<Thread> training = Optional.empty();

  /**
   * Looks what is there.
   *
   * @param report the folder of the search
   */
  TrialsOfRecipes(RecipeTrials trials, Path report, Terminal terminal) throws CannotRunException {
    this.trials = trials;
    this.report = report;
    this.terminal = terminal;
    Path folder = report.resolve(TRIALS);
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
        for (Path trial : folders) {
          read(trial);
        }
      } catch (IOException e) {
        throw new CannotRunException("cannot read %s: %s".formatted(folder, e), e);
      }
    }
  }

  /** A report that is missing, cut off or another program's is made anew. */
  private void read(Path trial) {
    try {
      before.put(String.valueOf(trial.getFileName()), Report.read(trial));
    } catch (IOException e) {
      // It is of no use.
    }
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "%04d", number);
  }

  /** Returns the page of a trial, seen from the page of the search. */
  static String page(int number) {
    return "%s/%s/report.html".formatted(TRIALS, name(number));
  }

  @Override
  public int folds() {
    return trials.folds();
  }

  @Override
  public boolean isUsable(Map<String, String> settings) {
    try {
      trials.trial(settings);
      return true;
    } catch (ParameterException e) {
      return false;
    }
  }

  @Override
  public List<FoldResult> kept(Candidate candidate) {
    RecipeTrial trial = trials.trial(candidate.settings());
    String own = name(candidate.number());
    List<String> names = new ArrayList<>(before.keySet());
    if (names.remove(own)) {
      names.add(0, own);
    }
    for (String name : names) {
      EvaluationRun run = before.get(name);
      if (run != null && trial.isAbout(run)) {
        reused.put(candidate.number(), name);
        return run.folds();
      }
    }
    if (before.containsKey(own)) {
      terminal.errorLine(
          "%s is of other clips, settings, encoder or version; it is replaced"
              .formatted(report.resolve(TRIALS).resolve(own)));
    }
    return List.of();
  }

  @Override
  public int atOnce() {
    return trials.trial(Map.of()).threads();
  }

  @Override
  public List<FoldResult> test(Candidate candidate, int from, int to)
      throws CannotRunException, InterruptedException {
    RecipeTrial trial = trials.trial(candidate.settings());
    setTraining(Optional.of(Thread.currentThread()));
    try {
      return trial.test(from, to, checkpoints());
    } finally {
      setTraining(Optional.empty());
    }
  }

  private synchronized void setTraining(Optional<Thread> thread) {
    training = thread;
  }

  /**
   * Interrupts the training in work, which keeps its state. Nothing else is interrupted: what is
   * being written is written. May be called by any thread.
   */
  synchronized void interruptTraining() {
    training.ifPresent(Thread::interrupt);
  }

  private Path checkpoints() {
    return report.resolve("checkpoints");
  }

  @Override
  public void keep(Trial trial) throws CannotRunException {
    Candidate candidate = trial.candidate();
    String own = name(candidate.number());
    RecipeTrial ofRecipe = trials.trial(candidate.settings());
    EvaluationRun there = before.get(own);
    boolean isThere =
        own.equals(reused.get(candidate.number()))
            && there != null
            && there.folds().size() >= trial.folds().size();
    if (!isThere) {
      Path folder = report.resolve(TRIALS).resolve(own);
      try {
        Report.write(ofRecipe.run(trial.folds()), folder);
      } catch (IOException e) {
        throw new CannotRunException("cannot write %s: %s".formatted(folder, e), e);
      }
    }
    ofRecipe.deleteCheckpoints(checkpoints());
  }
}
