package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.CalibrationMethod;
import dev.serenade.evaluation.calibration.HeldOutLogits;
import dev.serenade.evaluation.report.EpochScores;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.training.Checkpoints;
import dev.serenade.training.TrainingListener;
import dev.serenade.training.store.ExtractedCorpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrossValidationTest {

  private static final Recipe RECIPE = TestRecipes.quick();
  private static final CrossValidation.Listener SILENT = new Counter();

  /** Counts folds that ended. */
  private static final class Counter implements CrossValidation.Listener {

    private final Set<Integer> done = ConcurrentHashMap.newKeySet();

    @Override
    public void foldAt(int fold, int step, int steps) {
      assertThat(step).isBetween(1, steps);
    }

    @Override
    public void foldDone(int fold, FoldResult result) {
      done.add(fold);
    }
  }

  private final Corpus corpus = ToyCorpus.clips();
  private final ExtractedCorpus extracted = ToyCorpus.extracted(corpus.utterances());

  private static List<Fold> folds(Corpus corpus) throws Exception {
    return Protocol.parse("speaker-folds:3")
        .folds(corpus, RECIPE.validationFraction(), RECIPE.settings().seed());
  }

  private static List<FoldResult> run(ExtractedCorpus extracted, List<Fold> folds, int threads)
      throws InterruptedException {
    return new CrossValidation(RECIPE, extracted, ToyCorpus.CLASSES, threads).run(folds, SILENT);
  }

  private static Predictions all(List<FoldResult> results) {
    return Predictions.concat(results.stream().map(FoldResult::predictions).toList());
  }

  @Test
  void everyClipIsTestedOnceAndASeparableProblemIsLearnt() throws Exception {
    List<Fold> folds = folds(corpus);
    Counter counter = new Counter();
    List<FoldResult> results =
        new CrossValidation(RECIPE, extracted, ToyCorpus.CLASSES, 2).run(folds, counter);
    Predictions predictions = all(results);

    assertThat(counter.done).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(results.stream().map(FoldResult::name))
        .isEqualTo(folds.stream().map(Fold::name).toList());
    assertThat(predictions.asList().stream().map(Prediction::clip))
        .containsExactlyInAnyOrderElementsOf(
            corpus.utterances().stream().map(Utterance::id).toList());
    assertThat(predictions.classes()).containsExactly("angry", "happy", "sad");
    assertThat(predictions.asList())
        .allMatch(prediction -> prediction.clip().contains(prediction.actual()));
    assertThat(Metric.UNWEIGHTED_AVERAGE_RECALL.of(predictions)).isGreaterThan(0.9);
  }

  @Test
  void aLinearHeadIsTheSameWhateverTheSeedAndTheThreads() throws Exception {
    List<FoldResult> one =
        new CrossValidation(TestRecipes.linear(), extracted, ToyCorpus.CLASSES, 1)
            .run(folds(corpus), SILENT);
    List<FoldResult> two =
        new CrossValidation(TestRecipes.linear(), extracted, ToyCorpus.CLASSES, 2)
            .run(folds(corpus), SILENT);

    assertThat(all(one)).isEqualTo(all(two));
    assertThat(Metric.UNWEIGHTED_AVERAGE_RECALL.of(all(one))).isGreaterThan(0.9);
    assertThat(one).allMatch(result -> result.epochs().isEmpty());
  }

  @Test
  void aLinearHeadIsNotDoneAsReleased() throws Exception {
    CrossValidation validation =
        new CrossValidation(TestRecipes.linear(), extracted, ToyCorpus.CLASSES, 1);
    List<Fold> folds = folds(corpus);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> validation.run(folds, Circumstances.ORDINARY.asReleased(true), SILENT))
        .withMessage("a linear head has no epochs to choose and nothing to start from");
  }

  @Test
  void eachFoldTellsItsEpochs() throws Exception {
    for (FoldResult result : run(extracted, folds(corpus), 1)) {
      assertThat(result.epochs()).hasSize(RECIPE.settings().epochs());
      assertThat(result.chosenEpoch().orElseThrow()).isBetween(1, RECIPE.settings().epochs());
      assertThat(result.epochs()).allMatch(epoch -> Double.isFinite(epoch.validationLoss()));
      assertThat(result.epochs()).allMatch(epoch -> epoch.validationAccuracy() <= 1);
    }
  }

  @Test
  void runsAndThreadsDoNotChangePredictions() throws Exception {
    List<Fold> folds = folds(corpus);
    List<FoldResult> once = run(extracted, folds, 1);

    assertThat(all(run(extracted, folds, 1))).isEqualTo(all(once));
    assertThat(all(run(extracted, folds, 4))).isEqualTo(all(once));
  }

  @Test
  void labelsOfTestClipsDoNotInfluenceTraining() throws Exception {
    Fold fold = folds(corpus).get(0);
    List<Utterance> relabelled =
        fold.test().stream().map(clip -> clip.withEmotion(next(clip.emotion()))).toList();
    Fold changed = new Fold(fold.name(), fold.train(), fold.validation(), relabelled);
    // The same clips in the same order, some with other labels.
    Set<String> tested = fold.test().stream().map(Utterance::id).collect(Collectors.toSet());
    ExtractedCorpus changedCorpus =
        ToyCorpus.extracted(
            corpus.utterances().stream()
                .map(c -> tested.contains(c.id()) ? c.withEmotion(next(c.emotion())) : c)
                .toList());

    List<Prediction> honest = run(extracted, List.of(fold), 1).get(0).predictions().asList();
    List<Prediction> other = run(changedCorpus, List.of(changed), 1).get(0).predictions().asList();

    assertThat(probabilities(other)).isEqualTo(probabilities(honest));
    assertThat(other).noneMatch(prediction -> prediction.clip().contains(prediction.actual()));
  }

  private static Emotion next(Emotion emotion) {
    return ToyCorpus.CLASSES.get(
        (ToyCorpus.CLASSES.indexOf(emotion) + 1) % ToyCorpus.CLASSES.size());
  }

  private static List<ClassProbabilities> probabilities(List<Prediction> predictions) {
    return predictions.stream().map(Prediction::probabilities).toList();
  }

  @Test
  void aFoldWithoutUsableClipsSaysSo() throws Exception {
    Fold fold = folds(corpus).get(1);
    List<Utterance> others =
        corpus.utterances().stream().filter(clip -> !fold.test().contains(clip)).toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(ToyCorpus.extracted(others), List.of(fold), 1))
        .withMessage("fold %s: none of its 24 test clips could be used", fold.name());
  }

  @Test
  void asReleasedTestClipsChooseTheEpoch() throws Exception {
    List<Fold> folds = Protocol.parse("as-released:speaker-folds:3").folds(corpus, 0.2, 1);
    Circumstances released = Circumstances.ORDINARY.asReleased(true);
    List<FoldResult> results =
        new CrossValidation(RECIPE, extracted, ToyCorpus.CLASSES, 1).run(folds, released, SILENT);

    assertThat(all(results).asList()).hasSameSizeAs(corpus.utterances());
    for (FoldResult result : results) {
      double highest =
          result.epochs().stream().mapToDouble(EpochScores::validationAccuracy).max().orElseThrow();
      int chosen = result.chosenEpoch().orElseThrow();
      assertThat(result.epochs().get(chosen - 1).validationAccuracy()).isEqualTo(highest);
      assertThat(result.epochs().subList(0, chosen - 1))
          .allMatch(epoch -> epoch.validationAccuracy() < highest);
    }
    assertThat(
            new CrossValidation(RECIPE, extracted, ToyCorpus.CLASSES, 3)
                .run(folds, released, SILENT))
        .isEqualTo(results);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CrossValidation(TestRecipes.refitting(), extracted, ToyCorpus.CLASSES, 1)
                    .run(folds, released, SILENT))
        .withMessage("as released, nobody is held out, so there is nobody to refit on");
  }

  @Test
  void aBrokenRunGoesOnWhereItWas(@TempDir Path folder) throws Exception {
    List<Fold> folds = folds(corpus);
    Circumstances kept = Circumstances.ORDINARY.keptIn(Checkpoints.in(folder));
    CrossValidation validation =
        new CrossValidation(TestRecipes.refitting(), extracted, ToyCorpus.CLASSES, 1);
    CrossValidation.Listener breaking =
        new CrossValidation.Listener() {
          @Override
          public void foldAt(int fold, int step, int steps) {
            if (fold == 1 && step == 3 * steps / 4) {
              throw new IllegalStateException("in the refit of the second fold");
            }
          }

          @Override
          public void foldDone(int fold, FoldResult result) {}
        };
    assertThatIllegalStateException().isThrownBy(() -> validation.run(folds, kept, breaking));
    Set<Integer> worked = new TreeSet<>();
    List<String> notes = new ArrayList<>();
    List<FoldResult> results =
        validation.run(
            folds,
            kept,
            new CrossValidation.Listener() {
              @Override
              public void foldAt(int fold, int step, int steps) {
                worked.add(fold);
              }

              @Override
              public void foldDone(int fold, FoldResult result) {}

              @Override
              public void note(String line) {
                notes.add(line);
              }
            });

    assertThat(results).isEqualTo(validation.run(folds, SILENT));
    assertThat(worked).containsExactly(1, 2);
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0)).startsWith(folds.get(1).name() + ": goes on after epoch ");
  }

  @Test
  void aFailureInAFoldIsThrown() {
    CrossValidation.Listener failing =
        new CrossValidation.Listener() {
          @Override
          public void foldAt(int fold, int step, int steps) {
            throw new IllegalStateException("step " + step);
          }

          @Override
          public void foldDone(int fold, FoldResult result) {}
        };
    CrossValidation validation = new CrossValidation(RECIPE, extracted, ToyCorpus.CLASSES, 2);

    assertThatIllegalStateException()
        .isThrownBy(() -> validation.run(folds(corpus), failing))
        .withMessage("step 1");
  }

  private List<FoldResult> run(CalibrationMethod method, int calibrationFolds) throws Exception {
    Recipe recipe = RECIPE.calibrated(new CalibrationPlan(method, calibrationFolds));
    return new CrossValidation(recipe, extracted, ToyCorpus.CLASSES, 2).run(folds(corpus), SILENT);
  }

  @Test
  void howConfidenceIsMadeHonestDoesNotChangeHeads() throws Exception {
    List<FoldResult> none = run(CalibrationMethod.NONE, 0);
    List<FoldResult> temperature = run(CalibrationMethod.TEMPERATURE, 0);
    List<FoldResult> withFolds = run(CalibrationMethod.VECTOR, 3);

    assertThat(all(run(extracted, folds(corpus), 1))).isEqualTo(all(temperature));
    for (int i = 0; i < none.size(); i++) {
      Calibration before = Calibration.of(none.get(i).predictions());
      assertThat(none.get(i).uncalibrated()).contains(before);
      assertThat(temperature.get(i).uncalibrated()).contains(before);
      assertThat(withFolds.get(i).uncalibrated()).contains(before);
      assertThat(Calibration.of(temperature.get(i).predictions())).isNotEqualTo(before);
      assertThat(withFolds.get(i).thresholds()).isPresent();
    }
  }

  @Test
  void calibrationFoldsHoldEverySpeakerOutOnceWhoIsNotTested() throws Exception {
    Recipe recipe = RECIPE.calibrated(new CalibrationPlan(CalibrationMethod.TEMPERATURE, 3));
    Fold fold = folds(corpus).get(0);
    TrainedFold trained =
        TrainedFold.train(
            recipe,
            extracted,
            ToyCorpus.CLASSES,
            fold,
            1,
            Circumstances.ORDINARY,
            TrainingListener.SILENT);
    Set<String> known =
        Stream.concat(fold.train().stream(), fold.validation().stream())
            .map(Utterance::speaker)
            .collect(Collectors.toSet());

    HeldOutLogits heldOut = trained.heldOut().orElseThrow();
    assertThat(heldOut.size()).isEqualTo(fold.train().size() + fold.validation().size());
    assertThat(heldOut.distinctSpeakers()).containsExactlyInAnyOrderElementsOf(known);
    Predictions predictions =
        trained.heldOutPredictions(ToyCorpus.CLASSES, fold.name()).orElseThrow();
    assertThat(predictions.asList()).allMatch(p -> p.clip().contains(p.actual()));
    assertThat(Metric.UNWEIGHTED_AVERAGE_RECALL.of(predictions)).isGreaterThan(0.8);
  }

  @Test
  void heldOutClipsAreThoseOfTheValidationSpeakers() throws Exception {
    List<Fold> folds = folds(corpus);
    List<TestedFold> tested =
        new CrossValidation(RECIPE, extracted, ToyCorpus.CLASSES, 2)
            .tested(folds, Circumstances.ORDINARY, SILENT);

    assertThat(tested.stream().map(TestedFold::result).toList())
        .isEqualTo(run(extracted, folds, 1));
    for (int i = 0; i < folds.size(); i++) {
      Predictions heldOut = tested.get(i).heldOut().orElseThrow();
      assertThat(heldOut.asList().stream().map(Prediction::clip))
          .containsExactlyElementsOf(
              folds.get(i).validation().stream().map(Utterance::id).toList());
      assertThat(heldOut.byFold().keySet()).containsExactly(folds.get(i).name());
      assertThat(heldOut.asList()).allMatch(p -> p.clip().contains(p.actual()));
    }
  }

  @Test
  void aSingleCalibrationFoldIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CalibrationPlan(CalibrationMethod.VECTOR, 1))
        .withMessageContaining("2 calibration folds or more, or 0 for none, found 1");
  }
}
