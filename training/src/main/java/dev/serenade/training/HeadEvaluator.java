package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.recognition.head.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Runs heads over features. */
public final class HeadEvaluator {

  private static final int BATCH_SIZE = 16;

  private HeadEvaluator() {}

  /**
   * Returns the logits of each example, in order.
   *
   * @param head standardisation folded in
   * @param threads how many threads may work; does not change the result
   */
  public static List<Logits> logits(Head head, ExampleSet examples, int threads)
      throws InterruptedException {
    HeadParameters parameters = HeadParameters.of(head);
    parameters.publish();
    try (Workers workers = new Workers(threads)) {
      return logits(new HeadNetwork(head.spec(), Optional.empty()), parameters, examples, workers);
    }
  }

  /** Does the same with parameters in training, as they were last published. */
  static List<Logits> logits(
      HeadNetwork network, HeadParameters parameters, ExampleSet set, Workers workers)
      throws InterruptedException {
    List<Example> examples = set.examples();
    Features features = set.features();
    // Clips of like length together, so that little is padded.
    List<Integer> order =
        IntStream.range(0, examples.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> features.frames(examples.get(i).clip())))
            .toList();
    List<Supplier<List<Logits>>> parts = new ArrayList<>();
    for (int start = 0; start < order.size(); start += BATCH_SIZE) {
      List<Example> batch =
          order.subList(start, Math.min(start + BATCH_SIZE, order.size())).stream()
              .map(examples::get)
              .toList();
      parts.add(() -> batch(network, parameters, features, batch));
    }
    Logits[] results = new Logits[examples.size()];
    int position = 0;
    for (List<Logits> part : workers.run(parts)) {
      for (Logits logits : part) {
        results[order.get(position++)] = logits;
      }
    }
    return Arrays.asList(results);
  }

  private static List<Logits> batch(
      HeadNetwork network, HeadParameters parameters, Features features, List<Example> examples) {
    TrainingEngine.prepareThread(false);
    try (NDManager manager = TrainingEngine.newManager()) {
      Map<String, NDArray> arrays = parameters.attach(manager, false);
      Batch batch = new Batch.Assembler(features).assemble(manager, examples);
      NDArray logits = network.forward(arrays, batch, UnaryOperator.identity()).logits();
      float[] values = logits.toFloatArray();
      int classes = values.length / examples.size();
      List<Logits> results = new ArrayList<>();
      for (int start = 0; start < values.length; start += classes) {
        int from = start;
        results.add(
            Logits.of(IntStream.range(0, classes).mapToDouble(c -> values[from + c]).toArray()));
      }
      return results;
    }
  }
}
