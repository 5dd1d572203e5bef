package dev.serenade.training;

import dev.serenade.recognition.head.AttendedLayers;
import dev.serenade.recognition.head.AttentivePooling;
import dev.serenade.recognition.head.ConcatenatedLayers;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadInteraction;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.OutputNorm;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.QkvPooling.Query;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.head.StatisticsPooling;
import dev.serenade.recognition.head.WeightedLayers;
import dev.serenade.recognition.head.WeightedMeanPooling;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Small heads and clips of random values, and the seeds to draw them from. */
final class RandomHeads {

  static final int WIDTH = 12;
  static final int CLASSES = 4;

  private RandomHeads() {}

  /** Returns some seeds, or the one in {@code -Dtest.seed} to replay a failure. */
  static LongStream seeds() {
    String replay = System.getProperty("test.seed", "");
    return replay.isEmpty() ? LongStream.range(0, 5) : LongStream.of(Long.parseLong(replay));
  }

  /** Returns every pooling with every combination of its options. */
  static Stream<Pooling> poolings() {
    List<Pooling> poolings = new ArrayList<>(List.of(new MeanPooling(), new WeightedMeanPooling()));
    for (OutputNorm norm : OutputNorm.values()) {
      poolings.add(new StatisticsPooling(norm));
      for (boolean scaled : new boolean[] {false, true}) {
        for (boolean mixed : new boolean[] {false, true}) {
          poolings.add(new AttentivePooling(2, 3, scaled, mixed, norm));
        }
        for (boolean bounded : new boolean[] {false, true}) {
          for (Query query : Query.values()) {
            for (HeadInteraction interaction : HeadInteraction.values()) {
              poolings.add(new QkvPooling(3, 4, query, scaled, bounded, norm, interaction));
            }
          }
        }
      }
    }
    return poolings.stream();
  }

  /** Returns every way of making one layer of those that are read. */
  static List<LayerFusion> fusions() {
    return List.of(
        new SingleLayer(2),
        new WeightedLayers(List.of(1, 2, 4)),
        new AttendedLayers(List.of(1, 2, 4)),
        new ConcatenatedLayers(List.of(1, 2, 4)));
  }

  /**
   * Returns small heads of one layer with every pooling, of several with each kind of pooling, and
   * of every kind of input, and heads without a projector.
   */
  static Stream<HeadSpec> specs() {
    List<Pooling> oneOfEachKind =
        List.of(
            new MeanPooling(),
            new WeightedMeanPooling(),
            new StatisticsPooling(OutputNorm.NORM),
            AttentivePooling.of(2, 3),
            QkvPooling.of(3, 2));
    return Stream.of(
            poolings().map(pooling -> spec(fusions().get(0), pooling)),
            fusions().stream()
                .skip(1)
                .flatMap(fusion -> oneOfEachKind.stream().map(pooling -> spec(fusion, pooling))),
            inputs(),
            fusions().stream().map(RandomHeads::linear),
            Stream.of(
                input(fusions().get(0), InputNormalisation.LAYER_NORM, Projector.NONE, WIDTH)))
        .flatMap(specs -> specs);
  }

  /** Returns heads with every input normalisation and with each projector that there can be. */
  static Stream<HeadSpec> inputs() {
    List<HeadSpec> specs = new ArrayList<>();
    for (LayerFusion fusion : fusions()) {
      for (InputNormalisation normalisation : InputNormalisation.values()) {
        specs.add(input(fusion, normalisation, Projector.LEARNED, 8));
        specs.add(input(fusion, normalisation, Projector.RELU, 8));
        if (fusion.isIdentity()) {
          specs.add(input(fusion, normalisation, Projector.PCA, 8));
        }
      }
    }
    return specs.stream();
  }

  private static HeadSpec input(
      LayerFusion fusion, InputNormalisation normalisation, Projector projector, int width) {
    return new HeadSpec(
        fusion, WIDTH, normalisation, projector, width, QkvPooling.of(3, 2), CLASSES, 0);
  }

  /** Returns a head that learns its classifier only, where the fusion learns nothing. */
  static HeadSpec linear(LayerFusion fusion) {
    return new HeadSpec(
        fusion,
        WIDTH,
        InputNormalisation.NONE,
        Projector.NONE,
        fusion.fusedWidth(WIDTH),
        new MeanPooling(),
        CLASSES,
        0);
  }

  private static HeadSpec spec(LayerFusion fusion, Pooling pooling) {
    return new HeadSpec(fusion, WIDTH, InputNormalisation.STANDARDISED, 8, pooling, CLASSES, 0);
  }

  static HeadSpec spec(Pooling pooling, InputNormalisation normalisation, double dropout) {
    return new HeadSpec(new SingleLayer(1), WIDTH, normalisation, 8, pooling, CLASSES, dropout);
  }

  static Head head(HeadSpec spec, SplittableRandom random) {
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      parameters.put(
          parameter.name(),
          parameter.learned()
              ? scaled(tensor(random, parameter.dimensions()), range(parameter))
              : positive(random, parameter.dimensions()));
    }
    return Head.of(spec, parameters);
  }

  /** Heads take little of one another, or else values outgrow what tolerances are made for. */
  private static float range(ParameterSpec parameter) {
    return parameter.name().contains(".interaction.") ? 0.3f : 1;
  }

  private static FloatTensor scaled(FloatTensor tensor, float factor) {
    float[] values = tensor.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return FloatTensor.of(values, tensor.shape());
  }

  /** Returns values such as deviations have, uniform in [0.5, 2]. */
  private static FloatTensor positive(SplittableRandom random, long... shape) {
    FloatBuffer values = FloatTensor.allocate(shape);
    for (int i = 0; i < values.limit(); i++) {
      values.put(i, (float) random.nextDouble(0.5, 2));
    }
    return FloatTensor.wrap(values, shape);
  }

  /** Returns values uniform in [-1, 1]. */
  static FloatTensor tensor(SplittableRandom random, long... shape) {
    FloatBuffer values = FloatTensor.allocate(shape);
    for (int i = 0; i < values.limit(); i++) {
      values.put(i, (float) (2 * random.nextDouble() - 1));
    }
    return FloatTensor.wrap(values, shape);
  }

  /** Returns clips of these lengths for a head, with labels 0, 1, .. in turn. */
  static ExampleSet examples(HeadSpec spec, SplittableRandom random, int... lengths) {
    MemoryFeatures features = new MemoryFeatures(spec.statesWidth());
    List<Example> examples = new ArrayList<>();
    for (int length : lengths) {
      int clip = features.add(tensor(random, length, spec.statesWidth()));
      examples.add(new Example(clip, clip % CLASSES));
    }
    return new ExampleSet(features, examples);
  }
}
