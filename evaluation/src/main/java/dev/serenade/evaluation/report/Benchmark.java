package dev.serenade.evaluation.report;

import java.util.List;

/**
 * A published benchmark whose rules a run follows.
 *
 * @param name of the benchmark; empty if there is none
 * @param deviations in what the run differs from it, one sentence each
 * @param published what it prints for the same corpus
 */
public record Benchmark(String name, List<String> deviations, List<Row> published) {

  /** The run follows no benchmark. */
  public static final Benchmark NONE = new Benchmark("", List.of(), List.of());

  /**
   * A row of the benchmark's table: means over folds, as shares from 0 to 1.
   *
   * @param model its name there
   * @param unweightedAverageRecall UA
   * @param weightedAccuracy WA
   * @param macroF1 F1
   */
  public record Row(
      String model, double unweightedAverageRecall, double weightedAccuracy, double macroF1) {}

  /** Copies the lists. */
  public Benchmark {
    deviations = List.copyOf(deviations);
    published = List.copyOf(published);
  }

  boolean isNone() {
    return name.isEmpty();
  }
}
