package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.evaluation.probe.SoftmaxRegression;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Fits heads that learn nothing but their classifier: multinomial logistic regression on what the
 * pooling gives of each clip.
 *
 * <pre>{@code
 * z_n         = pooling(x_n1 .. x_nT)                     embedding of clip n, nothing is learned
 * W_C, b_C    = SoftmaxRegression(z, y; C)
 * }</pre>
 *
 * <p>C is the one of {@link #CANDIDATES} under which clips are best predicted, by mean
 * cross-entropy, while their speakers are held out, each part of the speakers in turn. The head is
 * then fitted on all. There is one solution, so there is no seed.
 *
 * <p>What a linear head gives is there for anyone to find, in seconds; one that was trained longer
 * must beat it. Immutable: may fit several heads at once, each on its own thread.
 */
public final class LinearHeadTrainer {

  /** From nearly the mean of each class to nearly as the training clips want it. */
  static final List<Double> CANDIDATES = List.of(0.001, 0.003, 0.01, 0.03, 0.1);

  private static final int BATCH_SIZE = 16;

  /**
   * Clips of some speakers, who are held out together.
   *
   * @param clips by which C is chosen, and which are trained on
   * @param copies of these clips, which are trained on only
   */
  public record Part(ExampleSet clips, ExampleSet copies) {}

  /**
   * What fitting gives.
   *
   * @param head fitted on all clips and copies
   * @param c the C that was chosen
   * @param summary of the clips while their speakers were held out, as if of one epoch
   * @param logits of each clip, part by part, while its speakers were held out
   * @param labels of these clips
   */
  public record Fit(
      Head head, double c, EpochSummary summary, List<Logits> logits, List<Integer> labels) {

    /** Copies the lists. */
    public Fit {
      logits = List.copyOf(logits);
      labels = List.copyOf(labels);
    }
  }

  private final HeadSpec spec;

  /**
   * Makes a trainer.
   *
   * @throws IllegalArgumentException if the head learns more than its classifier
   */
  public LinearHeadTrainer(HeadSpec spec) {
    if (!spec.learnsClassifierOnly()) {
      throw new IllegalArgumentException(
          "expected a head of which only the classifier is learned, found " + spec);
    }
    this.spec = spec;
  }

  /**
   * Fits a head.
   *
   * @param parts two or more, no speaker in two of them
   * @param listener hears of a step when a part was held out
   * @throws InterruptedException if the thread was interrupted, at the latest a search after it was
   */
  public Fit fit(List<Part> parts, TrainingListener listener) throws InterruptedException {
    if (parts.size() < 2) {
      throw new IllegalArgumentException(
          "expected two parts or more, so that each can be held out, found " + parts.size());
    }
    Map<Integer, double[]> embeddings = new HashMap<>();
    for (Part part : parts) {
      embed(part.clips(), embeddings);
      embed(part.copies(), embeddings);
    }
    List<Integer> labels = parts.stream().flatMap(p -> p.clips().labels().stream()).toList();
    List<List<Logits>> heldOut = heldOut(parts, embeddings, listener);
    int best = 0;
    for (int i = 1; i < CANDIDATES.size(); i++) {
      if (crossEntropy(heldOut.get(i), labels) < crossEntropy(heldOut.get(best), labels)) {
        best = i;
      }
    }
    double c = CANDIDATES.get(best);
    List<Example> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(part.clips().examples()));
    parts.forEach(part -> all.addAll(part.copies().examples()));
    SoftmaxRegression fitted = regressions(all, embeddings, List.of(c)).get(0);
    List<Logits> own = all.stream().map(e -> logits(fitted, e, embeddings)).toList();
    double loss = crossEntropy(own, all.stream().map(Example::label).toList());
    EpochSummary summary = EpochSummary.of(1, loss, 0, heldOut.get(best), labels, spec.classes());
    listener.stepDone(parts.size() + 1, parts.size() + 1, loss, 0);
    listener.epochDone(summary);
    return new Fit(head(fitted), c, summary, heldOut.get(best), labels);
  }

  /** Returns, for each C, the logits of all clips while their part was held out. */
  private List<List<Logits>> heldOut(
      List<Part> parts, Map<Integer, double[]> embeddings, TrainingListener listener)
      throws InterruptedException {
    List<List<Logits>> logits = new ArrayList<>();
    CANDIDATES.forEach(c -> logits.add(new ArrayList<>()));
    List<Integer> labels = new ArrayList<>();
    for (int heldOut = 0; heldOut < parts.size(); heldOut++) {
      List<Example> others = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        if (i != heldOut) {
          others.addAll(parts.get(i).clips().examples());
          others.addAll(parts.get(i).copies().examples());
        }
      }
      ExampleSet clips = parts.get(heldOut).clips();
      List<SoftmaxRegression> path = regressions(others, embeddings, CANDIDATES);
      for (int i = 0; i < path.size(); i++) {
        for (Example example : clips.examples()) {
          logits.get(i).add(logits(path.get(i), example, embeddings));
        }
      }
      labels.addAll(clips.labels());
      double loss = logits.stream().mapToDouble(l -> crossEntropy(l, labels)).min().orElseThrow();
      listener.stepDone(heldOut + 1, parts.size() + 1, loss, 0);
    }
    return logits;
  }

  private List<SoftmaxRegression> regressions(
      List<Example> examples, Map<Integer, double[]> embeddings, List<Double> cs)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while a linear head was fitted");
    }
    return SoftmaxRegression.fit(
        examples.stream().map(e -> of(e, embeddings)).toArray(double[][]::new),
        examples.stream().mapToInt(Example::label).toArray(),
        spec.classes(),
        cs);
  }

  private static double crossEntropy(List<Logits> logits, List<Integer> labels) {
    double sum = 0;
    for (int n = 0; n < labels.size(); n++) {
      sum += EpochSummary.crossEntropy(logits.get(n), labels.get(n));
    }
    return sum / labels.size();
  }

  private static Logits logits(
      SoftmaxRegression fitted, Example example, Map<Integer, double[]> embeddings) {
    return Logits.of(fitted.logits(of(example, embeddings)));
  }

  private static double[] of(Example example, Map<Integer, double[]> embeddings) {
    return Objects.requireNonNull(embeddings.get(example.clip()));
  }

  private void embed(ExampleSet set, Map<Integer, double[]> embeddings)
      throws InterruptedException {
    HeadParameters parameters = HeadParameters.initial(spec, new SplittableRandom(0));
    parameters.publish();
    HeadNetwork network = new HeadNetwork(spec, Optional.empty());
    Batch.Assembler assembler = new Batch.Assembler(set.features());
    TrainingEngine.prepareThread(false);
    for (int start = 0; start < set.size(); start += BATCH_SIZE) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while clips were pooled for a linear head");
      }
      List<Example> examples =
          set.examples().subList(start, Math.min(start + BATCH_SIZE, set.size()));
      try (NDManager manager = TrainingEngine.newManager()) {
        Batch batch = assembler.assemble(manager, examples);
        NDArray rows =
            network
                .forward(parameters.attach(manager, false), batch, UnaryOperator.identity())
                .embedding();
        float[] values = rows.toFloatArray();
        int width = values.length / examples.size();
        for (int i = 0; i < examples.size(); i++) {
          double[] embedding = new double[width];
          for (int d = 0; d < width; d++) {
            embedding[d] = values[i * width + d];
          }
          embeddings.put(examples.get(i).clip(), embedding);
        }
      }
    }
  }

  private Head head(SoftmaxRegression fitted) {
    int width = spec.projectionWidth();
    float[] weight = new float[spec.classes() * width];
    float[] bias = new float[spec.classes()];
    for (int k = 0; k < bias.length; k++) {
      bias[k] = (float) fitted.bias(k);
      for (int d = 0; d < width; d++) {
        weight[k * width + d] = (float) fitted.weight(k, d);
      }
    }
    return Head.of(
        spec,
        Map.of(
            HeadSpec.CLASSIFIER_WEIGHT, FloatTensor.of(weight, bias.length, width),
            HeadSpec.CLASSIFIER_BIAS, FloatTensor.of(bias, bias.length)));
  }
}
