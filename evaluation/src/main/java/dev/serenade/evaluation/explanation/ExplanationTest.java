package dev.serenade.evaluation.explanation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The test of a model's explanations on a sample of clips: deletion and insertion, see {@link
 * Faithfulness}.
 *
 * <p>Petsiuk, Das and Saenko, "RISE", BMVC 2018, arXiv 1806.07421; Samek et al., IEEE TNNLS 28(11),
 * 2017, doi:10.1109/TNNLS.2016.2599820.
 *
 * @param clips at least one, all with equally many random orders
 */
public record ExplanationTest(List<ExplainedClip> clips) {

  public ExplanationTest {
    clips = List.copyOf(clips);
    List<Integer> orders = clips.stream().map(clip -> clip.random().size()).distinct().toList();
    if (orders.size() != 1) {
      throw new IllegalArgumentException(
          "expected clips with equally many random orders, found %d clips with %s"
              .formatted(clips.size(), orders));
    }
  }

  /** Returns how many random orders each clip has. */
  public int randomOrders() {
    return clips.get(0).random().size();
  }

  /** Judges each explanation. */
  public List<Faithfulness> faithfulness(long seed) {
    Set<String> names = new LinkedHashSet<>();
    clips.forEach(clip -> names.addAll(clip.byExplanation().keySet()));
    return names.stream().map(name -> Faithfulness.of(name, clips, seed)).toList();
  }

  /** Returns the mean curve of each random order over the clips. */
  public List<RemovalCurve> random() {
    return IntStream.range(0, randomOrders())
        .mapToObj(n -> RemovalCurve.mean(clips.stream().map(clip -> clip.random().get(n)).toList()))
        .toList();
  }

  /** Returns the mean curve of all random orders. */
  public RemovalCurve meanOfRandom() {
    return RemovalCurve.mean(random());
  }

  /**
   * Returns the deletion score that each random order would have, were it an explanation: how far
   * from 0 luck alone goes.
   */
  public List<Double> randomScores() {
    double area = meanOfRandom().area();
    return random().stream().map(curve -> 1 - curve.area() / area).toList();
  }

  /** Returns the middle one of the clips' uniformities of attention. */
  public double medianUniformity() {
    double[] sorted = clips.stream().mapToDouble(ExplainedClip::uniformity).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
