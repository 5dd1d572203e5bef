package dev.serenade.training;

import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One training, from first values to the best epoch. Used once, by one thread. */
final class TrainingRun {

  /** Into how many parts a batch is divided, at most. */
  static final int SHARDS = 2;

  /** Raised when training changes what it computes, so that no older checkpoint is gone on with. */
  private static final int COMPUTATION_VERSION = 1;

  /** How far the seeds of two tests are apart; no multiple of the step that seeds are split by. */
  private static final long SEED_OF_TESTS = 0x5DEECE66DL;

  private final HeadSpec spec;
  private final TrainingSettings settings;
  private final Testing testing;
  private final ExampleSet training;
  private final ExampleSet validation;
  private final Workers workers;

  private final Optional<Standardisation> standardisation;
  private final short[] meanFrame;
  private final HeadNetwork network;
  private final LossFunction loss;
  private final HeadParameters parameters;
  private final HeadEvaluator evaluator;
  private final AdamW optimizer;
  private final LearningRateSchedule schedule;
  private final SplittableRandom random;
  private final Difficulty difficulty;
  private final List<Shard> shards = new ArrayList<>();
  private int step;

  TrainingRun(
      HeadSpec spec,
      TrainingSettings settings,
      Optional<StartingHead> start,
      Testing testing,
      ExampleSet training,
      ExampleSet validation,
      Workers workers)
      throws InterruptedException {
    this.spec = spec;
    this.settings = settings;
    this.testing = testing;
    this.training = training;
    this.validation = validation;
    this.workers = workers;
    Standardisation measured = Standardisation.of(training);
    meanFrame = measured.meanFrame();
    standardisation = spec.foldsStandardisation() ? Optional.of(measured) : Optional.empty();
    network = new HeadNetwork(spec, standardisation);
    loss = new LossFunction(settings, training.labels(), spec.classes());
    random = new SplittableRandom(settings.seed());
    parameters = HeadParameters.initial(spec, random.split());
    parameters.set(MeasuredParameters.of(spec, training, measured));
    start.ifPresent(head -> parameters.set(head.values(parameters.toHead(), measured)));
    for (int i = 0; i < SHARDS; i++) {
      shards.add(new Shard(network, loss, parameters, training.features()));
    }
    evaluator = new HeadEvaluator(network, parameters, validation);
    difficulty = new Difficulty(training.examples());
    optimizer = new AdamW(parameters.learned(), settings.weightDecay());
    int steps = steps(training.size(), settings);
    schedule =
        new LearningRateSchedule(
            settings.schedule(),
            settings.peakLearningRate(),
            (int) Math.round(settings.warmUpFraction() * steps),
            steps);
  }

  /** Returns how many steps training on so many examples has. */
  static int steps(int examples, TrainingSettings settings) {
    int stepsPerEpoch = (examples + settings.batchSize() - 1) / settings.batchSize();
    return Math.multiplyExact(stepsPerEpoch, settings.epochs());
  }

  /** Trains for the first epochs of the schedule, those that the checkpoint knows excepted. */
  TrainingResult run(int epochs, Checkpoint checkpoint, TrainingListener listener)
      throws InterruptedException {
    String identity = checkpoint.isKept() ? identity(epochs) : "";
    Optional<TrainingState> kept = checkpoint.read(identity, listener);
    kept.ifPresent(this::restore);
    List<EpochSummary> history =
        new ArrayList<>(kept.map(TrainingState::history).orElse(List.of()));
    Optional<Candidate> best =
        kept.map(state -> new Candidate(history.get(state.bestEpoch() - 1), state.best()));
    int first = history.size() + 1;
    if (first > 1 && first <= epochs && !isOutOfPatience(first, best)) {
      listener.note(
          "goes on after epoch %d of %d, as kept in %s"
              .formatted(history.size(), epochs, checkpoint.place()));
    }
    for (int epoch = first; epoch <= epochs && !isOutOfPatience(epoch, best); epoch++) {
      double trainingLoss = trainEpoch(epoch, listener);
      EpochSummary summary = summarise(epoch, trainingLoss);
      history.add(summary);
      if (best.isEmpty() || testing.prefers(summary, best.get().summary())) {
        best = Optional.of(new Candidate(summary, parameters.copy()));
      }
      if (checkpoint.isKept()) {
        checkpoint.write(identity, state(history, best.get()), listener);
      }
      listener.epochDone(summary);
    }
    Candidate chosen = best.orElseThrow();
    parameters.restore(chosen.parameters());
    Head trained = parameters.toHead();
    Head head =
        standardisation
            .map(s -> trained.foldStandardisation(s.mean(), s.deviation()))
            .orElse(trained);
    HeadParameters folded = HeadParameters.of(head);
    folded.publish();
    HeadNetwork finished = new HeadNetwork(spec, Optional.empty());
    List<Logits> logits =
        new HeadEvaluator(finished, folded, validation).logits(workers, dropouts(0));
    return new TrainingResult(head, chosen.summary().epoch(), history, logits);
  }

  /** What the best epoch so far left. */
  private record Candidate(EpochSummary summary, FloatTensor parameters) {}

  /** Returns what is the same for all trainings that go the same way; before the first step. */
  private String identity(int epochs) {
    return new Fingerprint()
        .add(COMPUTATION_VERSION)
        .add(testing.name())
        .add(spec.fusion().text())
        .add(spec.toJson().toString())
        .add(settings.toMap())
        .add(epochs)
        .add(parameters.copy())
        .add(training)
        .add(validation)
        .hex();
  }

  private TrainingState state(List<EpochSummary> history, Candidate best) {
    return new TrainingState(
        step,
        history,
        best.summary().epoch(),
        parameters.copy(),
        optimizer.firstMoments(),
        optimizer.secondMoments(),
        best.parameters(),
        difficulty.copy());
  }

  private void restore(TrainingState state) {
    step = state.steps();
    parameters.restore(state.parameters());
    optimizer.restore(state.steps(), state.firstMoments(), state.secondMoments());
    difficulty.restore(state.difficulties());
    // Each epoch has drawn its generator.
    for (int epoch = 1; epoch <= state.history().size(); epoch++) {
      random.split();
    }
  }

  private boolean isOutOfPatience(int epoch, Optional<Candidate> best) {
    return settings.patience() > 0
        && best.isPresent()
        && epoch - best.get().summary().epoch() > settings.patience();
  }

  private double trainEpoch(int epoch, TrainingListener listener) throws InterruptedException {
    SplittableRandom ofEpoch = random.split();
    // The first epoch at least, in which nothing is known of any example.
    boolean warmingUp =
        epoch <= Math.max(1, Math.round(settings.warmUpFraction() * settings.epochs()));
    List<Example> shuffled =
        settings
            .sampling()
            .epoch(training.examples(), difficulty, warmingUp, new Random(ofEpoch.nextLong()));
    List<EpochNoise> noises =
        shards.stream()
            .map(
                shard ->
                    EpochNoise.of(
                        spec.dropout(), settings.perturbations(), meanFrame, ofEpoch.split()))
            .toList();
    double sum = 0;
    for (int start = 0; start < shuffled.size(); start += settings.batchSize()) {
      int end = Math.min(start + settings.batchSize(), shuffled.size());
      double batchLoss = trainStep(shuffled.subList(start, end), noises);
      listener.stepDone(step, schedule.totalSteps(), batchLoss, schedule.rate(step - 1));
      sum += batchLoss * (end - start);
    }
    difficulty.endEpoch();
    return sum / shuffled.size();
  }

  private double trainStep(List<Example> batch, List<EpochNoise> noises)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted after %d steps of training".formatted(step));
    }
    parameters.publish();
    double totalWeight = loss.totalWeight(batch);
    List<List<Example>> parts = divide(batch);
    List<Supplier<Shard.Losses>> work = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Shard shard = shards.get(i);
      List<Example> part = parts.get(i);
      EpochNoise noise = noises.get(i);
      work.add(() -> shard.step(part, totalWeight, noise));
    }
    double batchLoss = 0;
    List<Shard.Losses> losses = workers.run(work);
    for (int i = 0; i < parts.size(); i++) {
      batchLoss += losses.get(i).share();
      for (int j = 0; j < parts.get(i).size(); j++) {
        difficulty.add(parts.get(i).get(j), losses.get(i).crossEntropies().get(j));
      }
    }
    float[] gradients = sum(shards.subList(0, parts.size()));
    optimizer.step(parameters.values(), gradients, schedule.rate(step));
    step++;
    return batchLoss;
  }

  /**
   * Divides a batch into shorter and longer clips, which pads little, with about as many frames in
   * either, which keeps two threads busy.
   */
  private List<List<Example>> divide(List<Example> batch) {
    Features features = training.features();
    List<Example> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparingInt(example -> features.frames(example.clip())));
    int total = sorted.stream().mapToInt(example -> features.frames(example.clip())).sum();
    int middle = 0;
    int frames = 0;
    while (2 * frames < total) {
      frames += features.frames(sorted.get(middle++).clip());
    }
    return Stream.of(sorted.subList(0, middle), sorted.subList(middle, sorted.size()))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static float[] sum(List<Shard> shards) {
    float[] sum = shards.get(0).gradients();
    for (Shard shard : shards.subList(1, shards.size())) {
      float[] addend = shard.gradients();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += addend[i];
      }
    }
    return sum;
  }

  /**
   * Returns what is dropped while testing.
   *
   * @param epoch counted from 1, or 0 for the test of the best one
   */
  private List<Dropout> dropouts(int epoch) {
    SplittableRandom ofTest = new SplittableRandom(settings.seed() + SEED_OF_TESTS * (epoch + 1L));
    double probability = testing.dropout(spec.dropout());
    return shards.stream().map(shard -> new Dropout(probability, ofTest.split())).toList();
  }

  private EpochSummary summarise(int epoch, double trainingLoss) throws InterruptedException {
    parameters.publish();
    List<Logits> logits = evaluator.logits(workers, dropouts(epoch));
    return EpochSummary.of(
        epoch, trainingLoss, schedule.rate(step - 1), logits, validation.labels(), spec.classes());
  }
}
