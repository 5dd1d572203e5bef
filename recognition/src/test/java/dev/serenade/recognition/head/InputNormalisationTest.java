package dev.serenade.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalisations that need no training frames, against their equations in double precision. */
final class InputNormalisationTest {

  /** Absolute, for values of up to about 3 made of float32 sums of up to a hundred terms. */
  private static final Offset<Double> ROUNDING = Offset.offset(1e-5);

  private static final double EPSILON = 1e-5;
  private static final int FRAMES = 7;
  private static final int[] LENGTHS = {7, 3, 1};

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void layerNormIsOfEachFrameAndLayer(int layers) throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      FloatTensor states = states(seed, layers);
      FloatTensor normalised = normalise(InputNormalisation.LAYER_NORM, layers, states);
      int width = HeadSpecs.INPUT_WIDTH;
      for (int start = 0; start < states.size(); start += width) {
        double[] expected = normalised(states, start, 1, width, width);
        for (int d = 0; d < width; d++) {
          assertThat((double) normalised.get(start + d))
              .as("seed %d", seed)
              .isCloseTo(expected[d], ROUNDING);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void utteranceIsOfEachLayerOfTheClipsFrames(int layers) throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      FloatTensor states = states(seed, layers);
      FloatTensor normalised = normalise(InputNormalisation.UTTERANCE, layers, states);
      int width = HeadSpecs.INPUT_WIDTH;
      int stride = layers * width;
      for (int clip = 0; clip < LENGTHS.length; clip++) {
        for (int layer = 0; layer < layers; layer++) {
          int start = clip * FRAMES * stride + layer * width;
          double[] expected = normalised(states, start, LENGTHS[clip], width, stride);
          for (int i = 0; i < expected.length; i++) {
            assertThat((double) normalised.get(start + i / width * stride + i % width))
                .as("clip %d, layer %d, seed %d", clip, layer, seed)
                .isCloseTo(expected[i], ROUNDING);
          }
        }
      }
    }
  }

  @Test
  void statesThatDoNotVaryBecomeZero() throws Exception {
    float[] same = new float[LENGTHS.length * FRAMES * HeadSpecs.INPUT_WIDTH];
    Arrays.fill(same, 3);
    FloatTensor states = FloatTensor.of(same, LENGTHS.length, FRAMES, HeadSpecs.INPUT_WIDTH);
    for (InputNormalisation normalisation :
        List.of(InputNormalisation.LAYER_NORM, InputNormalisation.UTTERANCE)) {
      for (float value : normalise(normalisation, 1, states).toArray()) {
        // What rounding of the mean leaves is divided by sqrt(1e-5).
        assertThat((double) value).isCloseTo(0, Offset.offset(1e-3));
      }
    }
  }

  /** Returns random states of all layers, far from zero as encoders' are, also outside the clip. */
  private static FloatTensor states(long seed, int layers) {
    SplittableRandom random = new SplittableRandom(seed);
    FloatTensor centred =
        RandomHeads.tensor(
            random, 2, LENGTHS.length, FRAMES, (long) layers * HeadSpecs.INPUT_WIDTH);
    float[] states = centred.toArray();
    for (int i = 0; i < states.length; i++) {
      states[i] += 1 + i % 3;
    }
    return FloatTensor.of(states, centred.shape());
  }

  /** Returns (x - mean) / sqrt(variance + epsilon) over so many rows of a layer. */
  private static double[] normalised(
      FloatTensor states, int start, int rows, int width, int stride) {
    double[] values = new double[rows * width];
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = states.get(start + i / width * stride + i % width);
      mean += values[i] / values.length;
    }
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - mean) / Math.sqrt(variance + EPSILON);
    }
    return values;
  }

  private static FloatTensor normalise(
      InputNormalisation normalisation, int layers, FloatTensor states) throws Exception {
    LayerFusion fusion =
        layers == 1 ? new SingleLayer(1) : new ConcatenatedLayers(List.of(1, 2, 3));
    HeadSpec spec =
        new HeadSpec(
            fusion,
            HeadSpecs.INPUT_WIDTH,
            normalisation,
            8,
            new MeanPooling(),
            HeadSpecs.CLASSES,
            0);
    Head head = RandomHeads.head(spec, new SplittableRandom(1));
    GraphBuilder graph = new GraphBuilder("normalisation");
    String width = Integer.toString(spec.statesWidth());
    GraphValue input = graph.input("states", DataType.FLOAT, "batch", "frames", width);
    GraphValue mask = graph.input("mask", DataType.FLOAT, "batch", "frames");
    GraphOperators operators = new GraphOperators(graph, head::parameter);
    GraphValue normalised =
        spec.projectorInput(operators, new PaddedFrames<>(operators, mask), input);
    graph.output("normalised", normalised, DataType.FLOAT, "batch", "frames", width);
    try (GraphSession session = graph.build().open(new SessionSettings(1))) {
      return session
          .run(
              Map.of("states", states, "mask", HeadRun.mask(FRAMES, LENGTHS)),
              Map.of(),
              Set.of("normalised"))
          .get("normalised");
    }
  }
}
