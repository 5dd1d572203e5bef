package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.recognition.head.ConcatenatedLayers;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PrincipalComponentsTest {

  /** Absolute, for components of length 1 and variances of about 1, rounded to float32. */
  private static final Offset<Double> ROUNDING = Offset.offset(2e-6);

  private static final int WIDTH = 6;

  @Test
  void componentsOfAKnownCovarianceAreFound() {
    // Variances 9 along (3, 4) / 5 and 1 at right angles to it.
    double[] covariance = {9 * 0.36 + 0.64, 9 * 0.48 - 0.48, 9 * 0.48 - 0.48, 9 * 0.64 + 0.36};
    PrincipalComponents components = PrincipalComponents.of(new double[] {10, -5}, covariance, 2);
    assertThat(components.variances().toArray()).containsExactly(new float[] {9, 1}, ofFloats());
    assertThat(components.rows().toArray())
        .containsExactly(new float[] {0.6f, 0.8f, 0.8f, -0.6f}, ofFloats());
    assertThat(components.offsets().toArray()).containsExactly(new float[] {-2, -11}, ofFloats());
  }

  @ParameterizedTest
  @EnumSource(InputNormalisation.class)
  void projectedFramesAreUncorrelatedAndVaryLessAndLess(InputNormalisation normalisation) {
    for (long seed : RandomHeads.seeds().toArray()) {
      for (LayerFusion fusion :
          List.of(new SingleLayer(1), new ConcatenatedLayers(List.of(1, 2)))) {
        HeadSpec spec = spec(fusion, normalisation, WIDTH);
        ExampleSet examples = examples(new SplittableRandom(seed), spec.statesWidth(), 40);
        PrincipalComponents components = measure(spec, examples);
        double[][] projected = projected(spec, examples, components);
        for (int i = 0; i < WIDTH; i++) {
          double variance = components.variances().get(i);
          assertThat(covariance(projected, i, i))
              .as("%s, component %d, seed %d", normalisation, i, seed)
              .isCloseTo(variance, Offset.offset(1e-5 * (1 + variance)));
          if (i > 0) {
            assertThat(variance).isLessThanOrEqualTo(components.variances().get(i - 1));
            assertThat(covariance(projected, i, i - 1)).isCloseTo(0, Offset.offset(1e-5));
          }
        }
      }
    }
  }

  @Test
  void componentsAreOrthonormalWithTheLargestElementPositive() {
    for (long seed : RandomHeads.seeds().toArray()) {
      HeadSpec spec = spec(new SingleLayer(1), InputNormalisation.STANDARDISED, WIDTH);
      PrincipalComponents components =
          measure(spec, examples(new SplittableRandom(seed), WIDTH, 40));
      for (int i = 0; i < WIDTH; i++) {
        for (int j = 0; j <= i; j++) {
          double product = 0;
          double largest = 0;
          for (int d = 0; d < WIDTH; d++) {
            float value = components.rows().get(i * WIDTH + d);
            product += (double) value * components.rows().get(j * WIDTH + d);
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
          }
          assertThat(product).as("seed %d", seed).isCloseTo(i == j ? 1 : 0, ROUNDING);
          assertThat(largest).as("seed %d", seed).isPositive();
        }
      }
    }
  }

  @Test
  void framesOfOneDirectionHaveOneVariance() {
    MemoryFeatures features = new MemoryFeatures(WIDTH);
    float[] line = {1, 2, 2, 0, 0, 0, 2, 4, 4, 0, 0, 0, 3, 6, 6, 0, 0, 0};
    features.add(FloatTensor.of(line, 3, WIDTH));
    HeadSpec spec = spec(new SingleLayer(1), InputNormalisation.NONE, 3);
    PrincipalComponents components =
        measure(spec, new ExampleSet(features, List.of(new Example(0, 0))));
    // Three points 3 apart on a line: variance 9 * 2 / 3.
    assertThat(components.variances().toArray()).containsExactly(new float[] {6, 0, 0}, ofFloats());
    assertThat(components.rows().get(0)).isCloseTo(1 / 3f, Offset.offset(1e-6f));
    assertThat(components.rows().get(1)).isCloseTo(2 / 3f, Offset.offset(1e-6f));
  }

  @Test
  void onlyTheGivenClipsCount() {
    HeadSpec spec = spec(new SingleLayer(1), InputNormalisation.STANDARDISED, 4);
    ExampleSet all = examples(new SplittableRandom(1), WIDTH, 40);
    ExampleSet some = new ExampleSet(all.features(), all.examples().subList(0, 30));
    PrincipalComponents components = measure(spec, some);
    ExampleSet alone = examples(new SplittableRandom(1), WIDTH, 30);
    assertThat(components.rows().toArray())
        .isEqualTo(measure(spec, alone).rows().toArray())
        .isNotEqualTo(measure(spec, all).rows().toArray());
  }

  @Test
  void interruptionEndsMeasuring() {
    HeadSpec spec = spec(new SingleLayer(1), InputNormalisation.NONE, 4);
    ExampleSet examples = examples(new SplittableRandom(1), WIDTH, 4);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> PrincipalComponents.of(spec, examples, Standardisation.of(examples)))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("before step 1 of training");
    assertThat(Thread.interrupted()).isFalse();
  }

  private static PrincipalComponents measure(HeadSpec spec, ExampleSet examples) {
    try {
      return PrincipalComponents.of(spec, examples, Standardisation.of(examples));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HeadSpec spec(LayerFusion fusion, InputNormalisation normalisation, int count) {
    return new HeadSpec(
        fusion, WIDTH, normalisation, Projector.PCA, count, new MeanPooling(), 4, 0);
  }

  /** Makes clips whose dimensions vary by different amounts and go along with one another. */
  private static ExampleSet examples(SplittableRandom random, int width, int clips) {
    MemoryFeatures features = new MemoryFeatures(width);
    List<Example> examples = new ArrayList<>();
    for (int clip = 0; clip < clips; clip++) {
      int frames = 1 + random.nextInt(12);
      float[] states = new float[frames * width];
      for (int i = 0; i < states.length; i++) {
        int d = i % width;
        float before = d == 0 ? 0 : states[i - 1];
        states[i] = (float) (0.5 * before + random.nextDouble(-1 - d, 1 + d) + 2);
      }
      examples.add(new Example(features.add(FloatTensor.of(states, frames, width)), clip % 4));
    }
    return new ExampleSet(features, examples);
  }

  /** Returns W x + b of every frame, computed apart from the engine, shape (frames, P). */
  private static double[][] projected(
      HeadSpec spec, ExampleSet examples, PrincipalComponents components) {
    Standardisation measured = Standardisation.of(examples);
    List<double[]> frames = new ArrayList<>();
    int width = spec.statesWidth();
    for (Example example : examples.examples()) {
      double[] states = states(examples.features(), example.clip());
      normalise(spec, states, measured);
      for (int start = 0; start < states.length; start += width) {
        double[] projected = new double[spec.projectionWidth()];
        for (int i = 0; i < projected.length; i++) {
          projected[i] = components.offsets().get(i);
          for (int d = 0; d < width; d++) {
            projected[i] += components.rows().get(i * width + d) * states[start + d];
          }
        }
        frames.add(projected);
      }
    }
    return frames.toArray(double[][]::new);
  }

  private static double[] states(Features features, int clip) {
    short[] halves = new short[features.frames(clip) * features.width()];
    features.copyTo(clip, ShortBuffer.wrap(halves));
    double[] states = new double[halves.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = Float16.toFloat(halves[i]);
    }
    return states;
  }

  private static void normalise(HeadSpec spec, double[] states, Standardisation measured) {
    int width = spec.statesWidth();
    int layers = width / WIDTH;
    switch (spec.inputNormalisation()) {
      case NONE -> {}
      case STANDARDISED -> {
        for (int i = 0; i < states.length; i++) {
          states[i] =
              (states[i] - measured.mean().get(i % width)) / measured.deviation().get(i % width);
        }
      }
      case LAYER_NORM -> {
        for (int start = 0; start < states.length; start += WIDTH) {
          normalise(states, start, 1, width);
        }
      }
      case UTTERANCE -> {
        for (int layer = 0; layer < layers; layer++) {
          normalise(states, layer * WIDTH, states.length / width, width);
        }
      }
    }
  }

  /** Normalises so many rows of one layer to mean 0 and variance 1. */
  private static void normalise(double[] states, int start, int rows, int stride) {
    double sum = 0;
    double squares = 0;
    int count = rows * WIDTH;
    for (int i = 0; i < count; i++) {
      double value = states[start + i / WIDTH * stride + i % WIDTH];
      sum += value;
      squares += value * value;
    }
    double mean = sum / count;
    double deviation = Math.sqrt(squares / count - mean * mean + 1e-5);
    for (int i = 0; i < count; i++) {
      int place = start + i / WIDTH * stride + i % WIDTH;
      states[place] = (states[place] - mean) / deviation;
    }
  }

  private static double covariance(double[][] rows, int i, int j) {
    double product = 0;
    for (double[] row : rows) {
      product += row[i] * row[j] / rows.length;
    }
    return product;
  }

  private static Offset<Float> ofFloats() {
    return Offset.offset(2e-6f);
  }
}
