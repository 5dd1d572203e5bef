package dev.serenade.training.experiment;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.HeldOutLogits;
import dev.serenade.evaluation.calibration.LogitScaling;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.Example;
import dev.serenade.training.ExampleSet;
import dev.serenade.training.HeadTrainer;
import dev.serenade.training.LinearHeadTrainer;
import dev.serenade.training.TrainingListener;
import dev.serenade.training.TrainingResult;
import dev.serenade.training.store.ExtractedCorpus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A head trained on one fold: fitted on its training clips, its epoch and temperature chosen on its
 * validation clips. Its test clips are not touched. Copies of clips are trained on where their
 * clips are, and weigh as much; neither epoch nor temperature is chosen on any.
 *
 * @param head fitted on the training clips, or, if the recipe refits, on the validation clips too
 * @param choice the training that chose the epoch; of a linear head, one epoch, its validation
 *     clips all of them, each held out with its speaker
 * @param calibration fitted on the held-out clips
 * @param heldOut the validation clips, or those of all calibration folds, with what heads gave them
 *     that did not see their speakers; empty if nobody was held out
 * @param heldOutClips which clips those are, in the same order
 */
record TrainedFold(
    Head head,
    TrainingResult choice,
    LogitScaling calibration,
    Optional<HeldOutLogits> heldOut,
    List<Utterance> heldOutClips) {

  /** Into how many parts speakers are divided to choose the C of a linear head, at most. */
  private static final int LINEAR_PARTS = 5;

  static TrainedFold train(
      Recipe recipe,
      ExtractedCorpus corpus,
      List<Emotion> classes,
      Fold fold,
      int threads,
      Circumstances circumstances,
      TrainingListener listener)
      throws InterruptedException {
    if (recipe.isLinear()) {
      return linear(recipe, corpus, classes, fold, circumstances, listener);
    }
    ExampleSet training = trainingExamples(corpus, fold.train(), classes);
    ExampleSet validation = examples(corpus, fold.validation(), classes);
    LayerFusion fusion = corpus.fusion();
    int layerWidth = corpus.features().width() / fusion.layers().size();
    HeadTrainer ordinary =
        new HeadTrainer(
            recipe.headSpec(fusion, layerWidth, classes.size()), recipe.settings(), threads);
    HeadTrainer started =
        circumstances
            .start()
            .map(head -> ordinary.startingFrom(head.startingHeadOf(classes)))
            .orElse(ordinary);
    HeadTrainer trainer = circumstances.asReleased() ? started.asReleased() : started;
    boolean refit = recipe.refit() && validation.size() > 0;
    int steps = trainer.steps(training.size());
    ExampleSet all = both(training, trainingExamples(corpus, fold.validation(), classes));
    int refitSteps = refit ? trainer.steps(all.size()) : 0;
    CalibrationFolds calibrationFolds =
        circumstances.asReleased() || validation.size() == 0
            ? CalibrationFolds.NONE
            : CalibrationFolds.of(recipe.calibration().folds(), corpus, fold);
    int total = steps + refitSteps + calibrationFolds.steps(trainer, corpus, classes);
    TrainingResult choice =
        trainer.train(
            training,
            validation,
            circumstances.checkpoints().named("choice"),
            new PartOfWork(listener, 0, total));
    Head head =
        refit
            ? trainer.refit(
                all,
                choice.bestEpoch(),
                circumstances.checkpoints().named("refit"),
                new PartOfWork(listener, steps, total))
            : choice.head();
    if (validation.size() == 0 || circumstances.asReleased()) {
      return new TrainedFold(head, choice, LogitScaling.NONE, Optional.empty(), List.of());
    }
    List<Utterance> heldOutClips =
        calibrationFolds.isEmpty() ? corpus.usable(fold.validation()) : calibrationFolds.clips();
    HeldOutLogits heldOut =
        calibrationFolds.isEmpty()
            ? new HeldOutLogits(
                choice.validationLogits(),
                validation.labels(),
                heldOutClips.stream().map(Utterance::speaker).toList())
            : calibrationFolds.heldOut(
                trainer,
                choice.bestEpoch(),
                corpus,
                classes,
                threads,
                circumstances.checkpoints(),
                new PartOfWork(listener, steps + refitSteps, total));
    return new TrainedFold(
        head,
        choice,
        recipe.calibration().method().fit(heldOut),
        Optional.of(heldOut),
        heldOutClips);
  }

  /**
   * Returns the held-out clips as the finished calibration has them; empty if there are none.
   *
   * @param fold its name
   */
  Optional<Predictions> heldOutPredictions(List<Emotion> classes, String fold) {
    List<String> names = classes.stream().map(Emotion::name).toList();
    return heldOut.map(
        clips ->
            Predictions.of(
                IntStream.range(0, clips.size())
                    .mapToObj(
                        n ->
                            new Prediction(
                                heldOutClips.get(n).name(),
                                clips.speakers().get(n),
                                fold,
                                names.get(clips.labels().get(n)),
                                ClassProbabilities.of(
                                    names, calibration.apply(clips.logits().get(n)))))
                    .toList()));
  }

  /**
   * Fits a linear head, for which nobody need be held out from the end: each part of the training
   * and validation speakers is held out in turn.
   */
  private static TrainedFold linear(
      Recipe recipe,
      ExtractedCorpus corpus,
      List<Emotion> classes,
      Fold fold,
      Circumstances circumstances,
      TrainingListener listener)
      throws InterruptedException {
    if (circumstances.asReleased() || circumstances.start().isPresent()) {
      throw new IllegalArgumentException(
          "a linear head has no epochs to choose and nothing to start from");
    }
    Set<String> speakers = new HashSet<>();
    corpus.usable(fold.train()).forEach(clip -> speakers.add(clip.speaker()));
    corpus.usable(fold.validation()).forEach(clip -> speakers.add(clip.speaker()));
    if (speakers.size() < 2) {
      throw new IllegalArgumentException(
          "fold %s: a linear head needs clips of two speakers or more, found %d"
              .formatted(fold.name(), speakers.size()));
    }
    List<LinearHeadTrainer.Part> parts = new ArrayList<>();
    CalibrationFolds divided = CalibrationFolds.of(LINEAR_PARTS, corpus, fold);
    for (Fold part : divided.folds()) {
      parts.add(
          new LinearHeadTrainer.Part(
              examples(corpus, part.test(), classes), copies(corpus, part.test(), classes)));
    }
    List<Utterance> heldOutClips = divided.clips();
    int layerWidth = corpus.features().width() / corpus.fusion().layers().size();
    LinearHeadTrainer.Fit fit =
        new LinearHeadTrainer(recipe.headSpec(corpus.fusion(), layerWidth, classes.size()))
            .fit(parts, listener);
    HeldOutLogits heldOut =
        new HeldOutLogits(
            fit.logits(), fit.labels(), heldOutClips.stream().map(Utterance::speaker).toList());
    return new TrainedFold(
        fit.head(),
        new TrainingResult(fit.head(), 1, List.of(fit.summary()), fit.logits()),
        recipe.calibration().method().fit(heldOut),
        Optional.of(heldOut),
        heldOutClips);
  }

  private static ExampleSet both(ExampleSet some, ExampleSet others) {
    List<Example> examples = new ArrayList<>(some.examples());
    examples.addAll(others.examples());
    return new ExampleSet(some.features(), examples);
  }

  /** Returns the clips that could be used, and then their copies, as examples of their classes. */
  static ExampleSet trainingExamples(
      ExtractedCorpus corpus, List<Utterance> clips, List<Emotion> classes) {
    return both(examples(corpus, clips, classes), copies(corpus, clips, classes));
  }

  /** Returns the copies of clips, as examples of their classes. */
  private static ExampleSet copies(
      ExtractedCorpus corpus, List<Utterance> clips, List<Emotion> classes) {
    List<Example> examples = new ArrayList<>();
    for (Utterance clip : corpus.usable(clips)) {
      int label = classes.indexOf(clip.emotion());
      corpus.copyNumbers(clip).forEach(number -> examples.add(new Example(number, label)));
    }
    return new ExampleSet(corpus.features(), examples);
  }

  /** Returns the clips that could be used, as examples of their classes. */
  static ExampleSet examples(ExtractedCorpus corpus, List<Utterance> clips, List<Emotion> classes) {
    List<Example> examples = new ArrayList<>();
    for (Utterance clip : corpus.usable(clips)) {
      examples.add(new Example(corpus.number(clip), classes.indexOf(clip.emotion())));
    }
    return new ExampleSet(corpus.features(), examples);
  }
}
