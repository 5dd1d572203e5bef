package dev.serenade.training.experiment;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.LogitScaling;
import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.evaluation.report.EpochScores;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.training.EpochSummary;
import dev.serenade.training.ExampleSet;
import dev.serenade.training.HeadEvaluator;
import dev.serenade.training.TrainingListener;
import dev.serenade.training.internal.ParallelTasks;
import dev.serenade.training.store.ExtractedCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * Trains one head for each fold and tests it on the fold's test clips, once; or {@linkplain
 * Circumstances#asReleased as released}, where those choose the epoch.
 *
 * <p>As many folds at once as there are threads; the results do not depend on how many.
 */
public final class CrossValidation {

  /** Is told how far the work has got, by several threads. */
  public interface Listener {

    /** A fold has done so many of its steps. */
    void foldAt(int fold, int step, int steps);

    /** A fold is tested. */
    void foldDone(int fold, FoldResult result);

    /** There is something to know, in a line that names its fold. */
    default void note(String line) {}
  }

  private final Recipe recipe;
  private final ExtractedCorpus corpus;
  private final List<Emotion> classes;
  private final int threads;

  /**
   * Prepares a cross-validation.
   *
   * @param classes in the order of the probabilities
   * @param threads how many folds to work on at once
   */
  public CrossValidation(
      Recipe recipe, ExtractedCorpus corpus, List<Emotion> classes, int threads) {
    this.recipe = recipe;
    this.corpus = corpus;
    this.classes = List.copyOf(classes);
    this.threads = threads;
  }

  /**
   * Runs all folds.
   *
   * @return one result for each fold, in their order
   * @throws IllegalArgumentException if no training or no test clip of a fold could be used
   * @throws InterruptedException if the thread is interrupted
   */
  public List<FoldResult> run(List<Fold> folds, Listener listener) throws InterruptedException {
    return run(folds, Circumstances.ORDINARY, listener);
  }

  /**
   * Runs all folds, or goes on with them.
   *
   * @param circumstances where the trainings start from, and keep their state
   * @return one result for each fold, in their order
   * @throws IllegalArgumentException if no training or no test clip of a fold could be used, or the
   *     recipe refits what is to be as released
   * @throws InterruptedException if the thread is interrupted
   */
  public List<FoldResult> run(List<Fold> folds, Circumstances circumstances, Listener listener)
      throws InterruptedException {
    return tested(folds, circumstances, listener).stream().map(TestedFold::result).toList();
  }

  /**
   * Runs all folds as {@link #run(List, Circumstances, Listener)} does, and tells what heads said
   * of held-out clips, too.
   */
  public List<TestedFold> tested(List<Fold> folds, Circumstances circumstances, Listener listener)
      throws InterruptedException {
    if (circumstances.asReleased() && recipe.refit()) {
      throw new IllegalArgumentException(
          "as released, nobody is held out, so there is nobody to refit on");
    }
    List<Callable<TestedFold>> tasks = new ArrayList<>();
    for (int i = 0; i < folds.size(); i++) {
      int number = i;
      Circumstances ofFold = circumstances.part("fold-" + (number + 1));
      tasks.add(() -> fold(number, folds.get(number), ofFold, listener));
    }
    return ParallelTasks.run(tasks, threads, done -> {});
  }

  private TestedFold fold(int number, Fold fold, Circumstances circumstances, Listener listener)
      throws InterruptedException {
    requireUsable(fold, "training", fold.train());
    requireUsable(fold, "test", fold.test());
    TrainedFold trained =
        TrainedFold.train(
            recipe,
            corpus,
            classes,
            circumstances.asReleased() ? chosenOnTest(fold) : fold,
            1,
            circumstances,
            new TrainingListener() {
              @Override
              public void stepDone(int step, int steps, double loss, double learningRate) {
                listener.foldAt(number, step, steps);
              }

              @Override
              public void note(String line) {
                listener.note(fold.name() + ": " + line);
              }
            });
    List<Utterance> clips = corpus.usable(fold.test());
    ExampleSet test = TrainedFold.examples(corpus, clips, classes);
    List<Logits> logits =
        circumstances.asReleased()
            ? trained.choice().validationLogits()
            : HeadEvaluator.logits(trained.head(), test, 1);
    Predictions predictions = predictions(trained.calibration(), fold.name(), clips, logits);
    Optional<Predictions> heldOut = trained.heldOutPredictions(classes, fold.name());
    FoldResult result =
        new FoldResult(
            fold.name(),
            predictions,
            recipe.isLinear()
                ? List.of()
                : trained.choice().history().stream().map(CrossValidation::scores).toList(),
            recipe.isLinear() ? OptionalInt.empty() : OptionalInt.of(trained.choice().bestEpoch()),
            AttentionExamples.of(
                predictions.asList(),
                clips,
                position -> HeadEvaluator.attention(trained.head(), test, position)),
            Optional.of(Calibration.of(predictions(LogitScaling.NONE, fold.name(), clips, logits))),
            heldOut.map(HeldOutSummary::of).map(HeldOutSummary::thresholds));
    listener.foldDone(number, result);
    return new TestedFold(result, heldOut);
  }

  private void requireUsable(Fold fold, String part, List<Utterance> clips) {
    if (corpus.usable(clips).isEmpty()) {
      throw new IllegalArgumentException(
          "fold %s: none of its %d %s clips could be used"
              .formatted(fold.name(), clips.size(), part));
    }
  }

  private static Fold chosenOnTest(Fold fold) {
    return new Fold(fold.name(), fold.train(), fold.test(), fold.test());
  }

  private Predictions predictions(
      LogitScaling scaling, String fold, List<Utterance> clips, List<Logits> logits) {
    List<String> names = classes.stream().map(Emotion::name).toList();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < clips.size(); i++) {
      predictions.add(
          new Prediction(
              clips.get(i).name(),
              clips.get(i).speaker(),
              fold,
              clips.get(i).emotion().name(),
              ClassProbabilities.of(names, scaling.apply(logits.get(i)))));
    }
    return Predictions.of(predictions);
  }

  private static EpochScores scores(EpochSummary epoch) {
    return new EpochScores(
        epoch.epoch(),
        epoch.trainingLoss(),
        epoch.validationLoss().orElse(Double.NaN),
        epoch.validationAccuracy().orElse(Double.NaN),
        epoch.validationRecall().orElse(Double.NaN));
  }
}
