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
    List<Pooling> poolings = new ArrayList<>(List.of(new MeanPooling()));
    for (OutputNorm norm : OutputNorm.values()) {
      poolings.add(new StatisticsPooling(norm));
      for (boolean scaled : new boolean[] {false, true}) {
        poolings.add(new AttentivePooling(2, 3, scaled, norm));
        for (boolean bounded : new boolean[] {false, true}) {
          for (Query query : Query.values()) {
            poolings.add(new QkvPooling(3, 2, query, scaled, bounded, norm));
          }
        }
      }
    }
    poolings.add(QkvPooling.of(1, 4));
    return poolings.stream();
  }

  static Stream<HeadSpec> all() {
    return poolings()
        .map(
            pooling ->
                new HeadSpec(
                    INPUT_WIDTH, InputNormalisation.STANDARDISED, 8, pooling, CLASSES, 0.1));
  }
}
