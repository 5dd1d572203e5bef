package dev.serenade.speed;

import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.training.Example;
import dev.serenade.training.ExampleSet;
import dev.serenade.training.HeadTrainer;
import dev.serenade.training.MemoryFeatures;
import dev.serenade.training.TrainingListener;
import dev.serenade.training.TrainingSettings;
import dev.serenade.whisper.WhisperConfig;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How long a step of training the paper's head takes: 16 clips of 225 frames, which is 4.5 s, the
 * mean length of a clip of IEMOCAP.
 */
final class TrainingStep {

  static final int FRAMES = 225;
  static final double SECONDS = 4.5;

  /** As many as fill some batches of an epoch. */
  private static final int BATCHES = 4;

  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private TrainingStep() {}

  /** Returns how many clips a step takes in. */
  static int batch() {
    return TrainingSettings.DEFAULT.batchSize();
  }

  /**
   * Trains for some epochs.
   *
   * @param threads as many as work on one head
   * @param rounds how many epochs, each of which gives one time: that of its quickest step
   * @return empty if there is no training engine
   */
  static Optional<Timings> measure(WhisperConfig config, int threads, int rounds)
      throws InterruptedException {
    if (!HeadTrainer.isPossible()) {
      return Optional.empty();
    }
    HeadSpec spec = Subject.paperHead(config);
    TrainingSettings settings =
        TrainingSettings.DEFAULT.with("epochs", Integer.toString(rounds + 1));
    Steps steps = new Steps();
    new HeadTrainer(spec, settings, threads)
        .refit(examples(spec, BATCHES * batch()), settings.epochs(), steps);
    return Optional.of(new Timings(steps.quickest));
  }

  /** Random states of random classes: what is learned does not change how long it takes. */
  private static ExampleSet examples(HeadSpec spec, int count) {
    SplittableRandom random = new SplittableRandom(1);
    MemoryFeatures features = new MemoryFeatures(spec.statesWidth());
    List<Example> examples = new ArrayList<>();
    for (int clip = 0; clip < count; clip++) {
      FloatBuffer states = FloatTensor.allocate(FRAMES, spec.statesWidth());
      while (states.hasRemaining()) {
        states.put((float) (2 * random.nextDouble() - 1));
      }
      int number = features.add(FloatTensor.wrap(states.rewind(), FRAMES, spec.statesWidth()));
      examples.add(new Example(number, random.nextInt(spec.classes())));
    }
    return new ExampleSet(features, examples);
  }

  /** The quickest step of each epoch but the first; from one step's end to the next's. */
  private static final class Steps implements TrainingListener {

    private final List<Double> quickest = new ArrayList<>();
    private long ended;

    @Override
    public void stepDone(int step, int count, double loss, double learningRate) {
      long now = System.nanoTime();
      int inEpoch = (step - 1) % BATCHES;
      int epoch = (step - 1) / BATCHES;
      if (epoch > 0 && inEpoch > 0) {
        double milliseconds = (now - ended) / NANOSECONDS_PER_MILLISECOND;
        if (inEpoch == 1) {
          quickest.add(milliseconds);
        } else {
          quickest.set(epoch - 1, Math.min(quickest.get(epoch - 1), milliseconds));
        }
      }
      ended = now;
    }
  }
}
