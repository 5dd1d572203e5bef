package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serenade.recognition.head.Head;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointTest {

  /** Everything at once that may be random or carried from epoch to epoch. */
  private static final TrainingSettings SETTINGS =
      LongTraining.SETTINGS.with(
          Map.of("epochs", "6", "mixup", "0.3", "frameShare", "0.8", "sampling", "balanced"));

  @TempDir private Path folder;

  /** Interrupts training when so many of its epochs are done, and remembers what it was told. */
  private static final class Interrupter implements TrainingListener {

    private final int lastEpoch;
    private final List<String> notes = new ArrayList<>();
    private final List<Integer> epochs = new ArrayList<>();
    private final List<Integer> steps = new ArrayList<>();

    Interrupter(int lastEpoch) {
      this.lastEpoch = lastEpoch;
    }

    @Override
    public void stepDone(int step, int all, double loss, double learningRate) {
      steps.add(step);
    }

    @Override
    public void epochDone(EpochSummary epoch) {
      epochs.add(epoch.epoch());
      if (epoch.epoch() == lastEpoch) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }

  private Checkpoint checkpoint() {
    return Checkpoints.in(folder.resolve("checkpoints")).named("one");
  }

  private Path file() {
    return folder.resolve("checkpoints").resolve("one.safetensors");
  }

  private static TrainingResult train(
      TrainingSettings settings, Checkpoint checkpoint, TrainingListener listener)
      throws InterruptedException {
    return new HeadTrainer(LongTraining.SPEC, settings, 1)
        .train(LongTraining.training(), LongTraining.validation(), checkpoint, listener);
  }

  private void trainUntil(int epoch, TrainingSettings settings) {
    assertThatThrownBy(() -> train(settings, checkpoint(), new Interrupter(epoch)))
        .isInstanceOf(InterruptedException.class);
  }

  private static void assertSame(TrainingResult found, TrainingResult expected) {
    assertSame(found.head(), expected.head());
    assertThat(found.bestEpoch()).isEqualTo(expected.bestEpoch());
    assertThat(found.history()).isEqualTo(expected.history());
    assertThat(found.validationLogits()).isEqualTo(expected.validationLogits());
  }

  private static void assertSame(Head found, Head expected) {
    expected
        .parameters()
        .forEach(
            (name, tensor) ->
                assertThat(Objects.requireNonNull(found.parameters().get(name)).toArray())
                    .as(name)
                    .containsExactly(tensor.toArray()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void anInterruptedTrainingEndsAsAnUnbrokenOne(int epoch) throws InterruptedException {
    TrainingResult unbroken = train(SETTINGS, Checkpoint.NONE, TrainingListener.SILENT);
    trainUntil(epoch, SETTINGS);
    Interrupter listener = new Interrupter(0);
    TrainingResult resumed = train(SETTINGS, checkpoint(), listener);

    assertSame(resumed, unbroken);
    assertThat(listener.epochs).first().isEqualTo(epoch + 1);
    assertThat(listener.steps).first().isEqualTo(epoch * LongTraining.STEPS_PER_EPOCH + 1);
    assertThat(listener.notes)
        .containsExactly("goes on after epoch %d of 6, as kept in %s".formatted(epoch, file()));
  }

  @Test
  void aTrainingMayBeInterruptedAfterEveryEpoch() throws InterruptedException {
    TrainingResult unbroken = train(SETTINGS, Checkpoint.NONE, TrainingListener.SILENT);
    for (int epoch = 1; epoch < 6; epoch++) {
      trainUntil(epoch, SETTINGS);
    }

    assertSame(train(SETTINGS, checkpoint(), TrainingListener.SILENT), unbroken);
  }

  @Test
  void whatIsHardIsRemembered() throws InterruptedException {
    TrainingSettings difficult = SETTINGS.with("sampling", "difficult");
    TrainingResult unbroken = train(difficult, Checkpoint.NONE, TrainingListener.SILENT);
    for (int epoch = 1; epoch < 6; epoch++) {
      trainUntil(epoch, difficult);
    }

    assertSame(train(difficult, checkpoint(), TrainingListener.SILENT), unbroken);
  }

  @Test
  void aTrainingThatHadEndedRunsNoEpoch() throws InterruptedException {
    TrainingResult first = train(SETTINGS, checkpoint(), TrainingListener.SILENT);
    Interrupter listener = new Interrupter(0);

    assertSame(train(SETTINGS, checkpoint(), listener), first);
    assertThat(listener.steps).isEmpty();
    assertThat(listener.notes).isEmpty();
  }

  @Test
  void aTrainingThatRanOutOfPatienceStaysSo() throws InterruptedException {
    // At this rate nothing changes, so that no epoch is better than the first by recall.
    TrainingSettings still =
        LongTraining.SETTINGS.with(Map.of("patience", "2", "peakLearningRate", "1e-30"));
    TrainingResult first = train(still, checkpoint(), TrainingListener.SILENT);
    Interrupter listener = new Interrupter(0);

    assertSame(train(still, checkpoint(), listener), first);
    assertThat(first.history()).hasSize(3);
    assertThat(listener.steps).isEmpty();
  }

  @Test
  void aRefitGoesOnToo() throws InterruptedException {
    HeadTrainer trainer = new HeadTrainer(LongTraining.SPEC, SETTINGS, 1);
    Head unbroken = trainer.refit(LongTraining.training(), 4, TrainingListener.SILENT);
    assertThatThrownBy(
            () -> trainer.refit(LongTraining.training(), 4, checkpoint(), new Interrupter(2)))
        .isInstanceOf(InterruptedException.class);
    Interrupter listener = new Interrupter(0);

    assertSame(trainer.refit(LongTraining.training(), 4, checkpoint(), listener), unbroken);
    assertThat(listener.epochs).containsExactly(3, 4);
  }

  @Test
  void aKilledProcessIsGoneOnWith() throws IOException, InterruptedException {
    TrainingResult unbroken =
        train(LongTraining.SETTINGS, Checkpoint.NONE, TrainingListener.SILENT);
    Process process = LongTraining.start(folder.resolve("checkpoints"));
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("1");
      assertThat(lines.readLine()).isEqualTo("2");
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    Interrupter listener = new Interrupter(0);

    assertSame(train(LongTraining.SETTINGS, checkpoint(), listener), unbroken);
    assertThat(listener.epochs).first().isNotEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed:1", "epochs:7", "loss:focal", "mixup:0"})
  void theCheckpointOfAnotherTrainingIsReplaced(String change) throws InterruptedException {
    List<String> setting = List.of(change.split(":", 2));
    trainUntil(3, SETTINGS.with(setting.get(0), setting.get(1)));
    Interrupter listener = new Interrupter(0);
    TrainingResult result = train(SETTINGS, checkpoint(), listener);

    assertSame(result, train(SETTINGS, Checkpoint.NONE, TrainingListener.SILENT));
    assertThat(listener.epochs).startsWith(1);
    assertThat(listener.notes)
        .containsExactly(
            file() + " is of a training with other settings, clips or encoder; it is replaced");
    assertSame(train(SETTINGS, checkpoint(), TrainingListener.SILENT), result);
  }

  @Test
  void otherStatesOrLabelsAreAnotherTraining() throws InterruptedException {
    trainUntil(2, SETTINGS);
    ExampleSet training = LongTraining.training();
    List<Example> relabelled = new ArrayList<>(training.examples());
    relabelled.set(0, new Example(0, (relabelled.get(0).label() + 1) % RandomHeads.CLASSES));
    for (ExampleSet other :
        List.of(
            new ExampleSet(training.features(), relabelled),
            new ExampleSet(LongTraining.validation().features(), training.examples()))) {
      Interrupter listener = new Interrupter(1);
      assertThatThrownBy(
              () ->
                  new HeadTrainer(LongTraining.SPEC, SETTINGS, 1)
                      .train(other, LongTraining.validation(), checkpoint(), listener))
          .isInstanceOf(InterruptedException.class);
      assertThat(listener.notes).hasSize(1);
      assertThat(listener.epochs).containsExactly(1);
      trainUntil(2, SETTINGS);
    }
  }

  @Test
  void aDamagedCheckpointIsNotUsed() throws IOException, InterruptedException {
    TrainingResult unbroken = train(SETTINGS, Checkpoint.NONE, TrainingListener.SILENT);
    trainUntil(3, SETTINGS);
    byte[] whole = Files.readAllBytes(file());
    byte[] flipped = whole.clone();
    flipped[whole.length - 5] ^= 1;
    byte[] header = whole.clone();
    header[whole.length / 100] ^= 1;
    byte[] half = new byte[whole.length / 2];
    System.arraycopy(whole, 0, half, 0, half.length);
    for (byte[] damaged : List.of(flipped, header, half, new byte[0])) {
      Files.write(file(), damaged);
      Interrupter listener = new Interrupter(0);

      assertSame(train(SETTINGS, checkpoint(), listener), unbroken);
      assertThat(listener.epochs).startsWith(1);
      assertThat(listener.notes).hasSize(1);
      assertThat(listener.notes.get(0))
          .startsWith("training starts anew, as its checkpoint is damaged: " + file());
    }
  }

  @Test
  void whereNothingCanBeWrittenTrainingGoesOnAndSaysSoOnce()
      throws IOException, InterruptedException {
    Checkpoints nowhere = Checkpoints.in(Files.writeString(folder.resolve("file"), ""));
    Interrupter first = new Interrupter(0);
    Interrupter second = new Interrupter(0);
    TrainingResult result = train(SETTINGS, nowhere.part("a").named("one"), first);
    train(SETTINGS, nowhere.part("b").named("one"), second);

    assertSame(result, train(SETTINGS, Checkpoint.NONE, TrainingListener.SILENT));
    assertThat(first.notes).hasSize(1);
    assertThat(first.notes.get(0))
        .startsWith("training goes on without checkpoints, as they cannot be written: ");
    assertThat(second.notes).isEmpty();
  }

  @Test
  void aWriteThatFailsHalfWayLeavesNothing() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no shell to set limits with");
    Process process = LongTraining.startWithFilesUpTo(2, folder.resolve("checkpoints"));
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      out.lines().forEach(lines::add);
    }

    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(LongTraining.SETTINGS.epochs() + 1);
    assertThat(lines.get(0))
        .startsWith("training goes on without checkpoints, as they cannot be written: ");
    assertThat(folder.resolve("checkpoints")).isEmptyDirectory();
  }

  @Test
  void deletingTakesOurFilesOnly() throws IOException, InterruptedException {
    Checkpoints checkpoints = Checkpoints.in(folder.resolve("checkpoints"));
    trainUntil(1, SETTINGS);
    Files.writeString(folder.resolve("checkpoints").resolve("one.safetensors.x.part"), "half");
    Path other = Files.writeString(folder.resolve("checkpoints").resolve("notes.txt"), "mine");
    checkpoints.delete();

    try (Stream<Path> left = Files.list(folder.resolve("checkpoints"))) {
      assertThat(left).containsExactly(other);
    }
    Files.delete(other);
    checkpoints.delete();
    assertThat(folder.resolve("checkpoints")).doesNotExist();
    checkpoints.delete();
    Checkpoints.NONE.delete();
  }
}
