package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StartingHeadTest {

  private static final HeadSpec SPEC =
      RandomHeads.spec(QkvPooling.of(3, 2), InputNormalisation.STANDARDISED, 0.1);

  private static final List<String> LABELS = List.of("angry", "happy", "neutral", "sad");

  /** At this rate nothing is learned. */
  private static final TrainingSettings STILL =
      TrainingSettings.DEFAULT.with(Map.of("epochs", "1", "peakLearningRate", "1e-30"));

  /**
   * Absolute, for logits of order one: a standardisation that is taken out of a projector and put
   * back in subtracts offsets of a few deviations.
   */
  private static final Offset<Double> FOLDING = Offset.offset(1e-4);

  static LongStream seeds() {
    return RandomHeads.seeds();
  }

  /** Heads of one layer whose standardisation is folded, has none, and of several that keep it. */
  private static Stream<HeadSpec> kinds(double dropout) {
    return Stream.concat(
        Stream.of(InputNormalisation.values())
            .map(normalisation -> RandomHeads.spec(QkvPooling.of(3, 2), normalisation, dropout)),
        RandomHeads.fusions().stream()
            .skip(1)
            .map(
                fusion ->
                    HeadSpec.of(
                        fusion, RandomHeads.WIDTH, new MeanPooling(), RandomHeads.CLASSES)));
  }

  /** Makes clips far from zero, as encoders give them; label i shifts dimension i. */
  private static ExampleSet clips(long seed, int width, int ofEachClass) {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryFeatures features = new MemoryFeatures(width);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < ofEachClass * RandomHeads.CLASSES; i++) {
      int label = i % RandomHeads.CLASSES;
      int frames = 3 + random.nextInt(8);
      float[] states = RandomHeads.tensor(random, frames, width).toArray();
      for (int j = 0; j < states.length; j++) {
        states[j] += 2 + (j % width == label ? 1 : 0);
      }
      examples.add(new Example(features.add(FloatTensor.of(states, frames, width)), label));
    }
    return new ExampleSet(features, examples);
  }

  private static Head train(
      HeadSpec spec, TrainingSettings settings, StartingHead start, ExampleSet training)
      throws InterruptedException {
    ExampleSet none = new ExampleSet(training.features(), List.of());
    return new HeadTrainer(spec, settings, 1)
        .startingFrom(start)
        .train(training, none, TrainingListener.SILENT)
        .head();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutLearningKnownClassesHaveTheLogitsOfTheSource(long seed) throws InterruptedException {
    for (HeadSpec spec : kinds(0.1).toList()) {
      Head source = RandomHeads.head(spec, new SplittableRandom(seed));
      ExampleSet clips = clips(seed, spec.statesWidth(), 2);
      // Other emotions, in another order, one of them new.
      StartingHead start =
          StartingHead.of(source, LABELS, List.of("sad", "bored", "angry", "neutral"));
      Head head = train(spec, STILL, start, clips);

      List<Logits> expected = HeadEvaluator.logits(source, clips, 1);
      List<Logits> found = HeadEvaluator.logits(head, clips, 1);
      for (int i = 0; i < clips.size(); i++) {
        assertThat(found.get(i).get(0)).as("%s", spec).isCloseTo(expected.get(i).get(3), FOLDING);
        assertThat(found.get(i).get(2)).isCloseTo(expected.get(i).get(0), FOLDING);
        assertThat(found.get(i).get(3)).isCloseTo(expected.get(i).get(2), FOLDING);
      }
    }
  }

  @Test
  void fewClipsAreEnoughForNewClasses() throws InterruptedException {
    ExampleSet many = clips(1, RandomHeads.WIDTH, 40);
    ExampleSet few = clips(2, RandomHeads.WIDTH, 5);
    ExampleSet others = clips(3, RandomHeads.WIDTH, 25);
    TrainingSettings thorough =
        TrainingSettings.DEFAULT.with(Map.of("epochs", "10", "peakLearningRate", "0.01"));
    TrainingSettings brief = thorough.with("epochs", "6");
    Head source =
        new HeadTrainer(SPEC, thorough, 1)
            .train(many, new ExampleSet(many.features(), List.of()), TrainingListener.SILENT)
            .head();

    List<String> twoNew = List.of("angry", "bored", "proud", "sad");
    double started =
        recall(train(SPEC, brief, StartingHead.of(source, LABELS, twoNew), few), others);
    double anew =
        recall(
            new HeadTrainer(SPEC, brief, 1)
                .train(few, new ExampleSet(few.features(), List.of()), TrainingListener.SILENT)
                .head(),
            others);
    assertThat(started).isGreaterThan(0.9).isGreaterThan(anew);
  }

  private static double recall(Head head, ExampleSet clips) throws InterruptedException {
    return EpochSummary.of(
            1, 0, 0, HeadEvaluator.logits(head, clips, 1), clips.labels(), RandomHeads.CLASSES)
        .validationRecall()
        .orElseThrow();
  }

  @Test
  void theSourceStaysAsItIs() throws InterruptedException {
    Head source = RandomHeads.head(SPEC, new SplittableRandom(1));
    ExampleSet clips = clips(1, RandomHeads.WIDTH, 3);
    List<Logits> before = HeadEvaluator.logits(source, clips, 1);
    train(
        SPEC,
        TrainingSettings.DEFAULT.with("epochs", "2"),
        StartingHead.of(source, LABELS, LABELS),
        clips);

    assertThat(HeadEvaluator.logits(source, clips, 1)).isEqualTo(before);
  }

  @Test
  void headsOfOtherKindsAreRefused() {
    StartingHead start =
        StartingHead.of(RandomHeads.head(SPEC, new SplittableRandom(1)), LABELS, LABELS);
    HeadSpec other = RandomHeads.spec(new MeanPooling(), InputNormalisation.STANDARDISED, 0.1);
    HeadSpec layer =
        new HeadSpec(
            new SingleLayer(2),
            RandomHeads.WIDTH,
            InputNormalisation.STANDARDISED,
            8,
            QkvPooling.of(3, 2),
            RandomHeads.CLASSES,
            0.1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeadTrainer(other, STILL, 1).startingFrom(start))
        .withMessageStartingWith("expected to start from a head of kind {")
        .withMessageContaining("\"kind\":\"mean\"")
        .withMessageContaining("found {")
        .withMessageContaining("\"kind\":\"qkv\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeadTrainer(layer, STILL, 1).startingFrom(start))
        .withMessage("expected to start from a head of layer 2, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new HeadTrainer(SPEC, STILL, 1)
                    .startingFrom(new StartingHead(start.head(), start.classes().subList(0, 3))))
        .withMessage("expected to be told where 4 classes start from, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StartingHead(start.head(), List.of(OptionalInt.of(4))))
        .withMessage("expected classes of the head to start from, below 4, found 4");
  }
}
