package dev.serenade.recognition.head;

import dev.serenade.recognition.head.QkvPooling.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of head there is, small. */
final class HeadSpecs {

  static final int INPUT_WIDTH = 12;
  static final int CLASSES = 5;

  private HeadSpecs() {}

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
    poolings.add(QkvPooling.of(1, 4));
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
   * Returns heads of one layer with every pooling, of several with each kind of pooling, and of
   * every kind of input.
   */
  static Stream<HeadSpec> all() {
    List<Pooling> oneOfEachKind =
        List.of(
            new MeanPooling(),
            new WeightedMeanPooling(),
            new StatisticsPooling(OutputNorm.NORM),
            AttentivePooling.of(2, 3),
            QkvPooling.of(3, 2));
    return Stream.concat(
        Stream.concat(
            poolings().map(pooling -> spec(fusions().get(0), pooling)),
            fusions().stream()
                .skip(1)
                .flatMap(fusion -> oneOfEachKind.stream().map(pooling -> spec(fusion, pooling)))),
        inputs());
  }

  /** Returns heads with every input normalisation and projector, of one layer and of several. */
  private static Stream<HeadSpec> inputs() {
    List<HeadSpec> specs = new ArrayList<>();
    for (LayerFusion fusion : fusions()) {
      for (InputNormalisation normalisation : InputNormalisation.values()) {
        specs.add(input(fusion, normalisation, Projector.LEARNED, 8));
        specs.add(input(fusion, normalisation, Projector.RELU, 8));
        specs.add(input(fusion, normalisation, Projector.NONE, fusion.fusedWidth(INPUT_WIDTH)));
        if (fusion.isIdentity()) {
          specs.add(input(fusion, normalisation, Projector.PCA, 8));
        }
      }
      specs.add(
          new HeadSpec(
              fusion,
              INPUT_WIDTH,
              InputNormalisation.NONE,
              Projector.NONE,
              fusion.fusedWidth(INPUT_WIDTH),
              new MeanPooling(),
              CLASSES,
              0));
    }
    return specs.stream();
  }

  private static HeadSpec input(
      LayerFusion fusion, InputNormalisation normalisation, Projector projector, int width) {
    return new HeadSpec(
        fusion, INPUT_WIDTH, normalisation, projector, width, QkvPooling.of(3, 2), CLASSES, 0);
  }

  private static HeadSpec spec(LayerFusion fusion, Pooling pooling) {
    return new HeadSpec(
        fusion, INPUT_WIDTH, InputNormalisation.STANDARDISED, 8, pooling, CLASSES, 0.1);
  }
}
