package dev.serenade.training;

import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A training that takes a while, here or as another process, which prints a line an epoch. */
final class LongTraining {

  static final HeadSpec SPEC =
      RandomHeads.spec(QkvPooling.of(3, 2), InputNormalisation.STANDARDISED, 0.1);

  static final TrainingSettings SETTINGS =
      TrainingSettings.DEFAULT.with(
          Map.of("epochs", "15", "peakLearningRate", "0.005", "seed", "3"));

  private static final int CLIPS = 40;
  static final int STEPS_PER_EPOCH = 3;

  private LongTraining() {}

  /** Takes the folder of the checkpoints. */
  public static void main(String[] arguments) throws InterruptedException {
    new HeadTrainer(SPEC, SETTINGS, 1)
        .train(
            training(),
            validation(),
            Checkpoints.in(Path.of(arguments[0])).named("one"),
            new TrainingListener() {
              @Override
              public void epochDone(EpochSummary epoch) {
                System.out.println(epoch.epoch());
              }

              @Override
              public void note(String line) {
                System.out.println(line);
              }
            });
  }

  static Process start(Path checkpoints) throws IOException {
    return start(command(checkpoints));
  }

  /** Lets the process write no file larger than this, as a disk that is nearly full does. */
  static Process startWithFilesUpTo(int kibibytes, Path checkpoints) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("/bin/bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "limited"));
    command.addAll(command(checkpoints));
    return start(command);
  }

  private static List<String> command(Path checkpoints) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        LongTraining.class.getName(),
        checkpoints.toString());
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static ExampleSet training() {
    return clips(1);
  }

  static ExampleSet validation() {
    return clips(2);
  }

  /** Makes clips whose class shifts one dimension, a little. */
  private static ExampleSet clips(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryFeatures features = new MemoryFeatures(RandomHeads.WIDTH);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < CLIPS; i++) {
      int label = random.nextInt(RandomHeads.CLASSES);
      int frames = 1 + random.nextInt(20);
      float[] states = RandomHeads.tensor(random, frames, RandomHeads.WIDTH).toArray();
      for (int j = 0; j < states.length; j++) {
        states[j] += j % RandomHeads.WIDTH == label ? 0.3f : 0;
      }
      int clip = features.add(FloatTensor.of(states, frames, RandomHeads.WIDTH));
      examples.add(new Example(clip, label));
    }
    return new ExampleSet(features, examples);
  }
}
