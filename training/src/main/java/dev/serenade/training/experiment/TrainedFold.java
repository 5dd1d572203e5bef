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
import dev.serenade.training.TrainingListener;
import dev.serenade.training.TrainingResult;
import dev.serenade.training.store.ExtractedCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A head trained on one fold: fitted on its training clips, its epoch and temperature chosen on its
 * validation clips. Its test clips are not touched. Copies of clips are trained on where their
 * clips are, and weigh as much; neither epoch nor temperature is chosen on any.
 *
 * @param head fitted on the training clips, or, if the recipe refits, on the validation clips too
 * @param choice the training that chose the epoch
 * @param calibration fitted on the held-out clips
 * @param heldOut the validation clips, or those of all calibration folds, with what heads gave them
 *     that did not see their speakers; empty if nobody was held out
 */
record TrainedFold(
    Head head, TrainingResult choice, LogitScaling calibration, Optional<HeldOutLogits> heldOut) {

  static TrainedFold train(
      Recipe recipe,
      ExtractedCorpus corpus,
      List<Emotion> classes,
      Fold fold,
      int threads,
      Circumstances circumstances,
      TrainingListener listener)
      throws InterruptedException {
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
            : CalibrationFolds.of(recipe.calibration(), corpus, fold);
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
      return new TrainedFold(head, choice, LogitScaling.NONE, Optional.empty());
    }
    HeldOutLogits heldOut =
        calibrationFolds.isEmpty()
            ? new HeldOutLogits(
                choice.validationLogits(),
                validation.labels(),
                corpus.usable(fold.validation()).stream().map(Utterance::speaker).toList())
            : calibrationFolds.heldOut(
                trainer,
                choice.bestEpoch(),
                corpus,
                classes,
                threads,
                circumstances.checkpoints(),
                new PartOfWork(listener, steps + refitSteps, total));
    return new TrainedFold(
        head, choice, recipe.calibration().method().fit(heldOut), Optional.of(heldOut));
  }

  /** Returns the held-out clips as the finished calibration has them; empty if there are none. */
  Optional<Predictions> heldOutPredictions(List<Emotion> classes) {
    List<String> names = classes.stream().map(Emotion::name).toList();
    return heldOut.map(
        clips ->
            Predictions.of(
                IntStream.range(0, clips.size())
                    .mapToObj(
                        n ->
                            new Prediction(
                                "held-out " + n,
                                clips.speakers().get(n),
                                "held out",
                                names.get(clips.labels().get(n)),
                                ClassProbabilities.of(
                                    names, calibration.apply(clips.logits().get(n)))))
                    .toList()));
  }

  private static ExampleSet both(ExampleSet training, ExampleSet validation) {
    List<Example> examples = new ArrayList<>(training.examples());
    examples.addAll(validation.examples());
    return new ExampleSet(training.features(), examples);
  }

  /** Returns the clips that could be used, and then their copies, as examples of their classes. */
  static ExampleSet trainingExamples(
      ExtractedCorpus corpus, List<Utterance> clips, List<Emotion> classes) {
    ExampleSet originals = examples(corpus, clips, classes);
    List<Example> examples = new ArrayList<>(originals.examples());
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
