package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.evaluation.probe.SoftmaxRegression;
import dev.serenade.recognition.head.ConcatenatedLayers;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.training.LinearHeadTrainer.Fit;
import dev.serenade.training.LinearHeadTrainer.Part;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LinearHeadTrainerTest {

  /** The head works in single precision, on values about 10 from zero. */
  private static final double SINGLE_PRECISION = 1e-3;

  private static final HeadSpec SPEC = RandomHeads.linear(new SingleLayer(1));

  private final MemoryFeatures features = new MemoryFeatures(RandomHeads.WIDTH);
  private final SplittableRandom random = new SplittableRandom(7);

  /** Makes clips whose class shifts one dimension, far from zero as encoders are. */
  private ExampleSet clips(int count, double shift) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % RandomHeads.CLASSES;
      int frames = 1 + random.nextInt(9);
      float[] states = RandomHeads.tensor(random, frames, RandomHeads.WIDTH).toArray();
      for (int j = 0; j < states.length; j++) {
        states[j] += 10 + (j % RandomHeads.WIDTH == label ? (float) shift : 0);
      }
      examples.add(
          new Example(features.add(FloatTensor.of(states, frames, RandomHeads.WIDTH)), label));
    }
    return new ExampleSet(features, examples);
  }

  private Part part(double shift) {
    return new Part(clips(24, shift), new ExampleSet(features, List.of()));
  }

  @Test
  void theHeadGivesWhatTheRegressionGivesOnMeanFrames() throws Exception {
    List<Part> parts = List.of(part(0.6), part(0.6), part(0.6));
    Fit fit = new LinearHeadTrainer(SPEC).fit(parts, TrainingListener.SILENT);

    List<Example> all = parts.stream().flatMap(p -> p.clips().examples().stream()).toList();
    double[][] means = all.stream().map(this::meanFrame).toArray(double[][]::new);
    SoftmaxRegression expected =
        SoftmaxRegression.fit(
            means, all.stream().mapToInt(Example::label).toArray(), RandomHeads.CLASSES, fit.c());
    List<Logits> logits = HeadEvaluator.logits(fit.head(), new ExampleSet(features, all), 1);
    for (int n = 0; n < all.size(); n++) {
      double[] wanted = expected.logits(means[n]);
      for (int k = 0; k < wanted.length; k++) {
        assertThat(logits.get(n).get(k)).isEqualTo(wanted[k], within(SINGLE_PRECISION));
      }
    }
  }

  private double[] meanFrame(Example example) {
    ShortBuffer states = ShortBuffer.allocate(features.frames(example.clip()) * RandomHeads.WIDTH);
    features.copyTo(example.clip(), states);
    double[] mean = new double[RandomHeads.WIDTH];
    for (int i = 0; i < states.capacity(); i++) {
      mean[i % mean.length] += Float16.toFloat(states.get(i)) / features.frames(example.clip());
    }
    return mean;
  }

  @Test
  void aClipIsJudgedWhileItsPartIsHeldOut() throws Exception {
    // The labels of one part contradict all others, so whoever has not seen it gets it wrong.
    ExampleSet odd = clips(24, 3);
    List<Example> turned =
        odd.examples().stream()
            .map(e -> new Example(e.clip(), (e.label() + 1) % RandomHeads.CLASSES))
            .toList();
    Part contradicting =
        new Part(new ExampleSet(features, turned), new ExampleSet(features, List.of()));
    Fit fit =
        new LinearHeadTrainer(SPEC)
            .fit(List.of(part(3), part(3), part(3), contradicting), TrainingListener.SILENT);
    assertThat(fit.logits()).hasSize(4 * 24);
    assertThat(fit.labels()).hasSize(4 * 24);
    for (int n = 3 * 24; n < 4 * 24; n++) {
      Logits z = fit.logits().get(n);
      int label = fit.labels().get(n);
      assertThat(z.get((label + RandomHeads.CLASSES - 1) % RandomHeads.CLASSES))
          .as("clip %d", n)
          .isGreaterThan(z.get(label));
    }
  }

  @Test
  void copiesAreTrainedOnAndNotJudged() throws Exception {
    ExampleSet clips = clips(24, 0.3);
    Part without = new Part(clips, new ExampleSet(features, List.of()));
    Part with = new Part(clips, clips(24, 3));
    Part other = part(0.3);
    LinearHeadTrainer trainer = new LinearHeadTrainer(SPEC);
    Fit plain = trainer.fit(List.of(without, other), TrainingListener.SILENT);
    Fit copied = trainer.fit(List.of(with, other), TrainingListener.SILENT);
    assertThat(copied.logits()).hasSameSizeAs(plain.logits());
    assertThat(copied.head().parameters()).isNotEqualTo(plain.head().parameters());
  }

  @Test
  void clearClassesGetTheLargestWeightsAndNoiseGetsSmallerOnes() throws Exception {
    LinearHeadTrainer trainer = new LinearHeadTrainer(SPEC);
    Fit clear = trainer.fit(List.of(part(4), part(4)), TrainingListener.SILENT);
    Fit noise = trainer.fit(List.of(part(0), part(0)), TrainingListener.SILENT);
    List<Double> candidates = LinearHeadTrainer.CANDIDATES;
    assertThat(clear.c()).isEqualTo(candidates.get(candidates.size() - 1));
    assertThat(noise.c()).isLessThan(clear.c());
  }

  @Test
  void aHeadThatLearnsMoreIsRefused() {
    HeadSpec projected = RandomHeads.spec(new MeanPooling(), InputNormalisation.NONE, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearHeadTrainer(projected))
        .withMessageStartingWith("expected a head of which only the classifier is learned");
    assertThat(RandomHeads.linear(new ConcatenatedLayers(List.of(1, 2))).learnsClassifierOnly())
        .isTrue();
  }

  @Test
  void onePartIsNotEnough() {
    List<Part> one = List.of(part(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearHeadTrainer(SPEC).fit(one, TrainingListener.SILENT))
        .withMessageContaining("expected two parts or more");
  }

  @Test
  void stopsWhenInterrupted() {
    List<Part> parts = List.of(part(1), part(1));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new LinearHeadTrainer(SPEC).fit(parts, TrainingListener.SILENT))
        .isInstanceOf(InterruptedException.class);
  }
}
