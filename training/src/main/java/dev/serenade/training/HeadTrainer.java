package dev.serenade.training;

import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import java.util.List;
import java.util.Optional;

/**
 * Trains heads on hidden states that were computed once.
 *
 * <p>AdamW with linear warm-up and cosine, as in arXiv 2602.06000; dropout while training only;
 * standardisation measured on training frames only; the best epoch chosen on validation examples,
 * never on test ones. The same seed gives the same head, to the bit, on any number of threads of
 * one machine.
 *
 * <p>Immutable: may train several heads at once, each on its own thread. While a head is trained,
 * the engine uses no threads of its own in this process.
 */
public final class HeadTrainer {

  private final HeadSpec spec;
  private final TrainingSettings settings;
  private final int threads;
  private final Optional<StartingHead> start;
  private final Testing testing;

  /**
   * Makes a trainer.
   *
   * @param threads how many threads work on one head; more than {@value TrainingRun#SHARDS} are of
   *     no use. Of several heads that are trained side by side, each needs one
   */
  public HeadTrainer(HeadSpec spec, TrainingSettings settings, int threads) {
    this(spec, settings, threads, Optional.empty(), Testing.HONEST);
  }

  private HeadTrainer(
      HeadSpec spec,
      TrainingSettings settings,
      int threads,
      Optional<StartingHead> start,
      Testing testing) {
    this.spec = spec;
    this.settings = settings;
    this.threads = threads;
    this.start = start;
    this.testing = testing;
  }

  /** Returns whether the training engine is on the class path and runs on this machine. */
  public static boolean isPossible() {
    return TrainingEngine.isThere();
  }

  /**
   * Returns a trainer that starts from a finished head.
   *
   * @throws IllegalArgumentException if it is not of the kind that is to be trained
   */
  public HeadTrainer startingFrom(StartingHead head) {
    head.requireFit(spec);
    return new HeadTrainer(spec, settings, threads, Optional.of(head), testing);
  }

  /**
   * Returns a trainer that treats validation clips as the code released with arXiv 2602.06000
   * treats test clips: dropout stays on, and the epoch is the one with the highest accuracy on
   * them. The validation logits of the result are drawn anew. Same seed, same numbers.
   */
  public HeadTrainer asReleased() {
    return new HeadTrainer(spec, settings, threads, start, Testing.AS_RELEASED);
  }

  /**
   * Trains a head.
   *
   * @param training at least one example
   * @param validation of speakers that are not in training; may be empty
   * @throws InterruptedException if the thread was interrupted, at the latest a step after it was
   * @throws IllegalArgumentException if the examples do not fit the spec
   */
  public TrainingResult train(ExampleSet training, ExampleSet validation, TrainingListener listener)
      throws InterruptedException {
    return train(training, validation, Checkpoint.NONE, listener);
  }

  /**
   * Trains a head, or goes on with it after the last epoch of which the checkpoint keeps the state.
   * The result is the same.
   *
   * @param training at least one example
   * @param validation of speakers that are not in training; may be empty
   * @param checkpoint kept after each epoch; stays when training is done
   * @throws InterruptedException if the thread was interrupted, at the latest a step after it was
   * @throws IllegalArgumentException if the examples do not fit the spec
   */
  public TrainingResult train(
      ExampleSet training, ExampleSet validation, Checkpoint checkpoint, TrainingListener listener)
      throws InterruptedException {
    return train(training, validation, settings.epochs(), checkpoint, listener);
  }

  /**
   * Trains a head for the first epochs of the schedule, which stays that of all epochs: once the
   * best epoch was chosen on validation examples, these can be trained on too.
   *
   * @param training at least one example
   * @param epochs from 1 to those of the settings
   * @return the head after the last of these epochs
   * @throws InterruptedException if the thread was interrupted, at the latest a step after it was
   * @throws IllegalArgumentException if the examples do not fit the spec
   */
  public Head refit(ExampleSet training, int epochs, TrainingListener listener)
      throws InterruptedException {
    return refit(training, epochs, Checkpoint.NONE, listener);
  }

  /**
   * Does the same, or goes on with it after the last epoch of which the checkpoint keeps the state.
   *
   * @param training at least one example
   * @param epochs from 1 to those of the settings
   * @param checkpoint kept after each epoch; stays when training is done
   * @return the head after the last of these epochs
   * @throws InterruptedException if the thread was interrupted, at the latest a step after it was
   * @throws IllegalArgumentException if the examples do not fit the spec
   */
  public Head refit(
      ExampleSet training, int epochs, Checkpoint checkpoint, TrainingListener listener)
      throws InterruptedException {
    if (epochs < 1 || epochs > settings.epochs()) {
      throw new IllegalArgumentException(
          "expected between 1 and %d epochs, found %d".formatted(settings.epochs(), epochs));
    }
    ExampleSet none = new ExampleSet(training.features(), List.of());
    return train(training, none, epochs, checkpoint, listener).head();
  }

  /** Returns how many steps all epochs have on so many examples. */
  public int steps(int examples) {
    return TrainingRun.steps(examples, settings);
  }

  private TrainingResult train(
      ExampleSet training,
      ExampleSet validation,
      int epochs,
      Checkpoint checkpoint,
      TrainingListener listener)
      throws InterruptedException {
    if (training.size() == 0) {
      throw new IllegalArgumentException("at least 1 training example is needed, found none");
    }
    check(training);
    check(validation);
    try (Workers workers = new Workers(threads)) {
      return new TrainingRun(spec, settings, start, testing, training, validation, workers)
          .run(epochs, checkpoint, listener);
    }
  }

  private void check(ExampleSet set) {
    if (set.features().width() != spec.statesWidth()) {
      throw new IllegalArgumentException(
          "the head takes hidden states of width %d, found features of width %d"
              .formatted(spec.statesWidth(), set.features().width()));
    }
    for (int label : set.labels()) {
      if (label >= spec.classes()) {
        throw new IllegalArgumentException(
            "the head has %d classes, found label %d".formatted(spec.classes(), label));
      }
    }
  }
}
