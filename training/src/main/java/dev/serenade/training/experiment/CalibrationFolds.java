package dev.serenade.training.experiment;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.ProtocolException;
import dev.serenade.corpus.protocol.SpeakerFolds;
import dev.serenade.evaluation.calibration.HeldOutLogits;
import dev.serenade.recognition.head.Head;
import dev.serenade.training.Checkpoints;
import dev.serenade.training.ExampleSet;
import dev.serenade.training.HeadEvaluator;
import dev.serenade.training.HeadTrainer;
import dev.serenade.training.TrainingListener;
import dev.serenade.training.store.ExtractedCorpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Divisions of the speakers that a head is trained on, so that each is once heard by a head that
 * does not know them.
 *
 * @param folds who is left out in turn; the epoch was chosen before, so nobody validates
 */
record CalibrationFolds(List<Fold> folds) {

  /** Nobody is left out. */
  static final CalibrationFolds NONE = new CalibrationFolds(List.of());

  CalibrationFolds {
    folds = List.copyOf(folds);
  }

  /**
   * Divides the training and validation speakers of a fold.
   *
   * @param groups into how many groups, at most; 0 for none
   */
  static CalibrationFolds of(int groups, ExtractedCorpus corpus, Fold fold) {
    if (groups == 0) {
      return NONE;
    }
    List<Utterance> clips = new ArrayList<>(corpus.usable(fold.train()));
    clips.addAll(corpus.usable(fold.validation()));
    Corpus known = Corpus.of(fold.name(), Path.of(""), clips, List.of());
    int count = Math.min(groups, known.speakers().size());
    try {
      return new CalibrationFolds(new SpeakerFolds(count).divide(known));
    } catch (ProtocolException e) {
      throw new IllegalArgumentException("calibration folds of " + fold.name() + ": " + e, e);
    }
  }

  /** Returns all clips, group by group, each in the one that it is left out in. */
  List<Utterance> clips() {
    return folds.stream().flatMap(fold -> fold.test().stream()).toList();
  }

  boolean isEmpty() {
    return folds.isEmpty();
  }

  /** Returns how many steps all epochs of all folds have. */
  int steps(HeadTrainer trainer, ExtractedCorpus corpus, List<Emotion> classes) {
    return folds.stream().mapToInt(fold -> steps(trainer, corpus, classes, fold)).sum();
  }

  private static int steps(
      HeadTrainer trainer, ExtractedCorpus corpus, List<Emotion> classes, Fold fold) {
    return trainer.steps(TrainedFold.trainingExamples(corpus, fold.train(), classes).size());
  }

  /**
   * Trains a head without each group of speakers, and runs it on them.
   *
   * @param epochs how long to train each
   * @return all clips, group by group
   */
  HeldOutLogits heldOut(
      HeadTrainer trainer,
      int epochs,
      ExtractedCorpus corpus,
      List<Emotion> classes,
      int threads,
      Checkpoints checkpoints,
      TrainingListener listener)
      throws InterruptedException {
    int total = steps(trainer, corpus, classes);
    int before = 0;
    List<HeldOutLogits> parts = new ArrayList<>();
    for (int i = 0; i < folds.size(); i++) {
      Fold fold = folds.get(i);
      Head head =
          trainer.refit(
              TrainedFold.trainingExamples(corpus, fold.train(), classes),
              epochs,
              checkpoints.named("calibration-" + (i + 1)),
              new PartOfWork(listener, before, total));
      before += steps(trainer, corpus, classes, fold);
      ExampleSet leftOut = TrainedFold.examples(corpus, fold.test(), classes);
      parts.add(
          new HeldOutLogits(
              HeadEvaluator.logits(head, leftOut, threads),
              leftOut.labels(),
              fold.test().stream().map(Utterance::speaker).toList()));
    }
    return HeldOutLogits.concat(parts);
  }
}
