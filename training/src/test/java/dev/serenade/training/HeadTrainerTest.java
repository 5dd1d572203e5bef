package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("slow")
final class HeadTrainerTest {

  private static final HeadSpec SPEC =
      RandomHeads.spec(QkvPooling.of(3, 2), InputNormalisation.STANDARDISED, 0.1);

  private static final TrainingSettings SETTINGS =
      TrainingSettings.DEFAULT.with(Map.of("epochs", "6", "peakLearningRate", "0.02"));

  private final MemoryFeatures features = new MemoryFeatures(RandomHeads.WIDTH);
  private final ExampleSet training = clips(new SplittableRandom(1), 70);
  private final ExampleSet validation = clips(new SplittableRandom(2), 30);

  /** Makes clips whose class shifts one dimension by a deviation, far from zero as encoders are. */
  private ExampleSet clips(SplittableRandom random, int count) {
    return clips(features, random, count);
  }

  private static ExampleSet clips(MemoryFeatures features, SplittableRandom random, int count) {
    int width = features.width();
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(RandomHeads.CLASSES);
      int frames = 1 + random.nextInt(20);
      float[] states = RandomHeads.tensor(random, frames, width).toArray();
      for (int j = 0; j < states.length; j++) {
        states[j] += 10 + (j % width == label ? 1 : 0);
      }
      int clip = features.add(FloatTensor.of(states, frames, width));
      examples.add(new Example(clip, label));
    }
    return new ExampleSet(features, examples);
  }

  private TrainingResult train(TrainingSettings settings, int threads) {
    try {
      return new HeadTrainer(SPEC, settings, threads)
          .train(training, validation, TrainingListener.SILENT);
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private static Map<String, List<Float>> weights(TrainingResult result) {
    return weights(result.head());
  }

  private static Map<String, List<Float>> weights(Head head) {
    return head.parameters().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> {
                  List<Float> values = new ArrayList<>();
                  for (float value : entry.getValue().toArray()) {
                    values.add(value);
                  }
                  return values;
                }));
  }

  @Test
  void learnsWhatTellsClassesApart() {
    TrainingResult result = train(SETTINGS, 1);
    assertThat(result.history()).hasSize(6);
    EpochSummary best = result.history().get(result.bestEpoch() - 1);
    assertThat(best.validationRecall().orElseThrow()).isGreaterThan(0.9);
    assertThat(best.trainingLoss()).isLessThan(result.history().get(0).trainingLoss());
    assertThat(result.history()).noneMatch(epoch -> epoch.isBetterThan(best));
  }

  @Test
  void validationLogitsAreWhatTheHeadGivesInOnnx() throws Exception {
    TrainingResult result = train(SETTINGS, 1);
    float[] onnx = OnnxHead.run(result.head(), validation).logits();
    assertThat(result.validationLogits()).hasSize(validation.size());
    for (int i = 0; i < onnx.length; i++) {
      Logits logits = result.validationLogits().get(i / RandomHeads.CLASSES);
      // Absolute: standardisation folded into weights subtracts offsets of 17 deviations.
      assertThat(logits.get(i % RandomHeads.CLASSES)).isCloseTo(onnx[i], Offset.offset(1e-4));
    }
    assertThat(HeadEvaluator.logits(result.head(), validation, 2))
        .isEqualTo(result.validationLogits());
  }

  @ParameterizedTest
  @MethodSource("dev.serenade.training.RandomHeads#inputs")
  void headsOfEveryInputLearnTheSameOnAnyNumberOfThreadsAndInOnnx(HeadSpec spec) throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    MemoryFeatures wide = new MemoryFeatures(spec.statesWidth());
    ExampleSet some = clips(wide, random, 60);
    ExampleSet others = clips(wide, random, 30);
    HeadTrainer trainer = new HeadTrainer(spec, SETTINGS, 1);
    TrainingResult result = trainer.train(some, others, TrainingListener.SILENT);
    TrainingResult again =
        new HeadTrainer(spec, SETTINGS, 2).train(some, others, TrainingListener.SILENT);
    assertThat(weights(again)).isEqualTo(weights(result));
    if (spec.inputNormalisation() != InputNormalisation.NONE || spec.projector() == Projector.PCA) {
      // States this far from zero are not learned in so few steps as they are.
      assertThat(result.history().get(result.bestEpoch() - 1).validationRecall().orElseThrow())
          .isGreaterThan(0.6);
    }
    float[] onnx = OnnxHead.run(result.head(), others).logits();
    for (int i = 0; i < onnx.length; i++) {
      Logits logits = result.validationLogits().get(i / RandomHeads.CLASSES);
      assertThat(logits.get(i % RandomHeads.CLASSES)).isCloseTo(onnx[i], Offset.offset(1e-4));
    }
  }

  @Test
  void principalComponentsAreThoseOfTrainingFramesAndStay() throws Exception {
    for (InputNormalisation normalisation : InputNormalisation.values()) {
      HeadSpec spec =
          new HeadSpec(
              new SingleLayer(1),
              RandomHeads.WIDTH,
              normalisation,
              Projector.PCA,
              4,
              new MeanPooling(),
              RandomHeads.CLASSES,
              0);
      Standardisation measured = Standardisation.of(training);
      PrincipalComponents components = PrincipalComponents.of(spec, training, measured);
      Head untrained = HeadParameters.initial(spec, new SplittableRandom(1)).toHead();
      Map<String, FloatTensor> parameters = new HashMap<>(untrained.parameters());
      parameters.put(HeadSpec.PROJECTOR_WEIGHT, components.rows());
      parameters.put(HeadSpec.PROJECTOR_BIAS, components.offsets());
      Head expected = Head.of(spec, parameters);
      if (spec.foldsStandardisation()) {
        expected = expected.foldStandardisation(measured.mean(), measured.deviation());
      }
      Map<String, List<Float>> trained =
          weights(
              new HeadTrainer(spec, SETTINGS, 1)
                  .train(training, validation, TrainingListener.SILENT));
      for (String name : List.of(HeadSpec.PROJECTOR_WEIGHT, HeadSpec.PROJECTOR_BIAS)) {
        assertThat(trained.get(name))
            .as("%s", normalisation)
            .isEqualTo(weights(expected).get(name));
      }
      assertThat(trained.get("classifier.weight"))
          .isNotEqualTo(weights(untrained).get("classifier.weight"));
    }
  }

  @Test
  void sameSeedGivesTheSameHeadOnAnyNumberOfThreads() {
    Map<String, List<Float>> once = weights(train(SETTINGS, 1));
    assertThat(weights(train(SETTINGS, 1))).isEqualTo(once);
    assertThat(weights(train(SETTINGS, 2))).isEqualTo(once);
    assertThat(weights(train(SETTINGS.withSeed(5), 1))).isNotEqualTo(once);
  }

  @ParameterizedTest
  @CsvSource({
    "frameShare, 0.5",
    "timeMask, 0.5",
    "featureMask, 0.5",
    "mixup, 0.4",
    "sampling, balanced",
    "sampling, difficult"
  })
  void everyPerturbationChangesTheHeadAndIsReproducible(String setting, String value) {
    TrainingSettings changed = SETTINGS.with(setting, value);
    TrainingResult result = train(changed, 1);
    assertThat(weights(result)).isNotEqualTo(weights(train(SETTINGS, 1)));
    assertThat(weights(result)).isEqualTo(weights(train(changed, 2)));
    assertThat(result.history().get(result.bestEpoch() - 1).validationRecall().orElseThrow())
        .isGreaterThan(0.8);
  }

  @Test
  void headsTrainedSideBySideAreThoseTrainedAlone() {
    List<CompletableFuture<TrainingResult>> running =
        LongStream.range(0, 4)
            .mapToObj(
                seed -> CompletableFuture.supplyAsync(() -> train(SETTINGS.withSeed(seed), 1)))
            .toList();
    for (int seed = 0; seed < 4; seed++) {
      assertThat(weights(running.get(seed).join()))
          .as("seed %d", seed)
          .isEqualTo(weights(train(SETTINGS.withSeed(seed), 1)));
    }
  }

  @Test
  void everyExampleIsSeenOnceAnEpochWithItsRate() throws Exception {
    List<Double> rates = new ArrayList<>();
    new HeadTrainer(SPEC, SETTINGS, 1)
        .train(
            training,
            validation,
            new TrainingListener() {
              @Override
              public void stepDone(int step, int steps, double loss, double learningRate) {
                assertThat(steps).isEqualTo(6 * 5);
                rates.add(learningRate);
                assertThat(step).isEqualTo(rates.size());
              }
            });
    LearningRateSchedule schedule = new LearningRateSchedule(0.02, 3, 30);
    assertThat(rates).hasSize(30);
    for (int step = 0; step < 30; step++) {
      assertThat(rates.get(step)).isEqualTo(schedule.rate(step));
    }
  }

  @Test
  void withoutValidationTheLastEpochIsTaken() throws Exception {
    ExampleSet none = new ExampleSet(features, List.of());
    TrainingResult result =
        new HeadTrainer(SPEC, SETTINGS, 1).train(training, none, TrainingListener.SILENT);
    assertThat(result.bestEpoch()).isEqualTo(6);
    assertThat(result.validationLogits()).isEmpty();
    assertThat(result.history().get(0).validationRecall()).isEmpty();
  }

  @Test
  void refittingTakesTheFirstEpochsOfTheSameSchedule() throws Exception {
    HeadTrainer trainer = new HeadTrainer(SPEC, SETTINGS, 1);
    ExampleSet none = new ExampleSet(features, List.of());
    TrainingResult whole = trainer.train(training, none, TrainingListener.SILENT);
    List<Double> rates = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepDone(int step, int steps, double loss, double learningRate) {
            assertThat(steps).isEqualTo(trainer.steps(training.size()));
            rates.add(learningRate);
          }
        };

    assertThat(weights(trainer.refit(training, 6, TrainingListener.SILENT)))
        .isEqualTo(weights(whole));
    assertThat(weights(trainer.refit(training, 4, listener))).isNotEqualTo(weights(whole));
    assertThat(rates).hasSize(4 * trainer.steps(training.size()) / 6);
    assertThat(rates.get(rates.size() - 1)).isEqualTo(whole.history().get(3).learningRate());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.refit(training, 7, TrainingListener.SILENT))
        .withMessage("expected between 1 and 6 epochs, found 7");
  }

  @Test
  void patienceEndsTraining() {
    // At this rate nothing changes, so that no epoch is better than the first by recall.
    TrainingResult result =
        train(SETTINGS.with(Map.of("patience", "2", "peakLearningRate", "1e-30")), 1);
    assertThat(result.bestEpoch()).isEqualTo(1);
    assertThat(result.history()).hasSize(3);
  }

  private TrainingResult trainAsReleased(HeadSpec spec, TrainingSettings settings, int threads)
      throws InterruptedException {
    return new HeadTrainer(spec, settings, threads)
        .asReleased()
        .train(training, validation, TrainingListener.SILENT);
  }

  @Test
  void asReleasedDropoutStaysOnAndItsDrawIsTheSeeds() throws Exception {
    TrainingResult released = trainAsReleased(SPEC, SETTINGS, 1);

    assertThat(released.validationLogits())
        .isNotEqualTo(HeadEvaluator.logits(released.head(), validation, 1))
        .isEqualTo(trainAsReleased(SPEC, SETTINGS, 2).validationLogits());
    // Tests do not change how training goes on.
    assertThat(released.history().stream().map(EpochSummary::trainingLoss))
        .isEqualTo(train(SETTINGS, 1).history().stream().map(EpochSummary::trainingLoss).toList());
    assertThat(released.history().get(0).validationLoss())
        .isNotEqualTo(train(SETTINGS, 1).history().get(0).validationLoss());
  }

  @Test
  void asReleasedWithoutDropoutTestsAsUsual() throws Exception {
    HeadSpec dry = RandomHeads.spec(QkvPooling.of(3, 2), InputNormalisation.STANDARDISED, 0);
    TrainingResult released = trainAsReleased(dry, SETTINGS, 1);

    assertThat(released.validationLogits())
        .isEqualTo(HeadEvaluator.logits(released.head(), validation, 1));
  }

  @Test
  void asReleasedTheFirstEpochOfTheHighestAccuracyIsTaken() throws Exception {
    List<EpochSummary> history = trainAsReleased(SPEC, SETTINGS, 1).history();
    int first = 0;
    for (int i = 1; i < history.size(); i++) {
      if (accuracy(history.get(i)) > accuracy(history.get(first))) {
        first = i;
      }
    }
    assertThat(trainAsReleased(SPEC, SETTINGS, 1).bestEpoch()).isEqualTo(first + 1);
    // Nothing changes, but the draws do.
    TrainingSettings still = SETTINGS.with("peakLearningRate", "1e-30");
    HeadSpec dry = RandomHeads.spec(QkvPooling.of(3, 2), InputNormalisation.STANDARDISED, 0);
    assertThat(trainAsReleased(dry, still, 1).bestEpoch()).isEqualTo(1);
    assertThat(trainAsReleased(SPEC, still, 1).history().stream().map(EpochSummary::validationLoss))
        .doesNotHaveDuplicates();
  }

  private static double accuracy(EpochSummary epoch) {
    return epoch.validationAccuracy().orElseThrow();
  }

  @Test
  void interruptionEndsTrainingWithinAStep() {
    HeadTrainer trainer = new HeadTrainer(SPEC, SETTINGS, 1);
    List<Integer> steps = new ArrayList<>();
    TrainingListener impatient =
        new TrainingListener() {
          @Override
          public void stepDone(int step, int total, double loss, double learningRate) {
            steps.add(step);
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> trainer.train(training, validation, impatient))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("interrupted after 1 steps of training");
    assertThat(steps).containsExactly(1);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void nothingOfTheEngineIsLeft() {
    train(SETTINGS, 2);
    try (NDManager manager = TrainingEngine.newManager()) {
      NDManager everything = manager.getParentManager();
      assertThat(everything.getManagedArrays()).isEmpty();
      NDArray one = manager.create(1f);
      assertThat(everything.getManagedArrays()).containsExactly(one);
    }
  }

  @Test
  void examplesThatDoNotFitAreRefused() {
    ExampleSet none = new ExampleSet(features, List.of());
    assertRefused(SPEC, none, "at least 1 training example is needed, found none");
    HeadSpec wider = HeadSpec.of(new SingleLayer(1), 13, QkvPooling.of(3, 2), 4);
    assertRefused(
        wider, training, "the head takes hidden states of width 13, found features of width 12");
    ExampleSet strange = new ExampleSet(features, List.of(new Example(0, 4)));
    assertRefused(SPEC, strange, "the head has 4 classes, found label 4");
  }

  private void assertRefused(HeadSpec spec, ExampleSet examples, String message) {
    HeadTrainer trainer = new HeadTrainer(spec, SETTINGS, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.train(examples, validation, TrainingListener.SILENT))
        .withMessage(message);
  }
}
