package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.recognition.head.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs heads over features. */
public final class HeadEvaluator {

  private static final int BATCH_SIZE = 16;

  private final HeadNetwork network;
  private final HeadParameters parameters;
  private final ExampleSet set;

  /** Positions of examples; clips of like length together, so that little is padded. */
  private final List<List<Integer>> batches = new ArrayList<>();

  /** One for each batch that is worked on at the same time. */
  private final List<Batch.Assembler> assemblers;

  HeadEvaluator(HeadNetwork network, HeadParameters parameters, ExampleSet set) {
    this.network = network;
    this.parameters = parameters;
    this.set = set;
    List<Integer> sorted =
        IntStream.range(0, set.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> set.features().frames(example(i).clip())))
            .toList();
    for (int start = 0; start < sorted.size(); start += BATCH_SIZE) {
      batches.add(sorted.subList(start, Math.min(start + BATCH_SIZE, sorted.size())));
    }
    assemblers =
        Stream.generate(() -> new Batch.Assembler(set.features()))
            .limit(TrainingRun.SHARDS)
            .toList();
  }

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
    HeadNetwork network = new HeadNetwork(head.spec(), Optional.empty());
    try (Workers workers = new Workers(threads)) {
      return new HeadEvaluator(network, parameters, examples).logits(workers);
    }
  }

  /**
   * Returns what each frame of a clip weighed in each head of the pooling, shape (heads, T).
   *
   * @param head standardisation folded in
   * @param position of the clip among the examples
   */
  public static float[][] attention(Head head, ExampleSet examples, int position) {
    Example example = examples.examples().get(position);
    HeadParameters parameters = HeadParameters.of(head);
    parameters.publish();
    TrainingEngine.prepareThread(false);
    try (NDManager manager = TrainingEngine.newManager()) {
      Batch batch = new Batch.Assembler(examples.features()).assemble(manager, List.of(example));
      NDArray weights =
          new HeadNetwork(head.spec(), Optional.empty())
              .forward(parameters.attach(manager, false), batch, UnaryOperator.identity())
              .attention();
      int frames = examples.features().frames(example.clip());
      float[] values = weights.toFloatArray();
      return IntStream.range(0, values.length / frames)
          .mapToObj(h -> Arrays.copyOfRange(values, h * frames, (h + 1) * frames))
          .toArray(float[][]::new);
    }
  }

  /** Returns the logits of each example, in order, at the parameters as last published. */
  List<Logits> logits(Workers workers) throws InterruptedException {
    return logits(workers, Collections.nCopies(assemblers.size(), UnaryOperator.identity()));
  }

  /**
   * Returns the same with something dropped.
   *
   * @param dropouts one for each batch that is worked on at the same time
   */
  List<Logits> logits(Workers workers, List<? extends UnaryOperator<NDArray>> dropouts)
      throws InterruptedException {
    Logits[] results = new Logits[set.size()];
    List<Supplier<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < assemblers.size(); i++) {
      int part = i;
      parts.add(() -> run(part, dropouts.get(part), results));
    }
    workers.run(parts);
    return Arrays.asList(results);
  }

  /** Runs every so many-th batch, and returns how many clips that were. */
  private int run(int part, UnaryOperator<NDArray> dropout, Logits[] results) {
    int clips = 0;
    TrainingEngine.prepareThread(false);
    for (int i = part; i < batches.size(); i += assemblers.size()) {
      List<Integer> positions = batches.get(i);
      List<Logits> rows = logits(positions, assemblers.get(part), dropout);
      for (int row = 0; row < rows.size(); row++) {
        results[positions.get(row)] = rows.get(row);
      }
      clips += positions.size();
    }
    return clips;
  }

  private List<Logits> logits(
      List<Integer> positions, Batch.Assembler assembler, UnaryOperator<NDArray> dropout) {
    try (NDManager manager = TrainingEngine.newManager()) {
      Batch batch = assembler.assemble(manager, positions.stream().map(this::example).toList());
      return rows(network.forward(parameters.attach(manager, false), batch, dropout).logits());
    }
  }

  /** Takes logits, shape (B, classes), apart into those of each clip. */
  static List<Logits> rows(NDArray logits) {
    float[] values = logits.toFloatArray();
    int clips = (int) logits.getShape().get(0);
    int classes = values.length / clips;
    List<Logits> rows = new ArrayList<>();
    for (int from = 0; from < values.length; from += classes) {
      int first = from;
      rows.add(
          Logits.of(IntStream.range(0, classes).mapToDouble(c -> values[first + c]).toArray()));
    }
    return rows;
  }

  private Example example(int position) {
    return set.examples().get(position);
  }
}
