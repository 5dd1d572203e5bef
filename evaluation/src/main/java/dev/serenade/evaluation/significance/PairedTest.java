package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.ClassRecall;
import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.CalibrationMeasure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Compares two runs over the same clips, speaker by speaker.
 *
 * <p>Permutation: if the runs were alike, a speaker's two sets of predictions could be swapped. All
 * 2^S ways to swap are tried for up to {@value PairedSpeakers#EXACT_SPEAKERS} speakers, else
 * {@value PairedSpeakers#PERMUTATIONS} random ones beside the observed; the p-value is the share
 * with a difference at least as large. Bootstrap: speakers drawn with replacement, both runs'
 * predictions together, as in {@link SpeakerBootstrap}.
 *
 * <p>Immutable; the same seed gives the same answers.
 */
public final class PairedTest {

  private final PairedSpeakers<ConfusionMatrix> confusions;
  private final PairedSpeakers<Calibration> calibrations;

  private PairedTest(
      PairedSpeakers<ConfusionMatrix> confusions, PairedSpeakers<Calibration> calibrations) {
    this.confusions = confusions;
    this.calibrations = calibrations;
  }

  /**
   * Pairs two runs.
   *
   * @throws IllegalArgumentException if they are not over the same clips, with the same classes,
   *     labels and speakers, or there are fewer than two speakers
   */
  public static PairedTest of(Predictions first, Predictions second, long seed) {
    checkPaired(first, second);
    if (first.bySpeaker().size() < 2) {
      throw new IllegalArgumentException(
          "a comparison needs two speakers or more, found only " + first.bySpeaker().keySet());
    }
    return new PairedTest(
        new PairedSpeakers<>(pairs(first, second, ConfusionMatrix::of), seed),
        new PairedSpeakers<>(pairs(first, second, Calibration::of), seed));
  }

  private static <T> List<PairedSpeakers.Pair<T>> pairs(
      Predictions first, Predictions second, Function<Predictions, T> part) {
    Map<String, Predictions> seconds = second.bySpeaker();
    List<PairedSpeakers.Pair<T>> pairs = new ArrayList<>();
    first
        .bySpeaker()
        .forEach(
            (speaker, predictions) ->
                pairs.add(
                    new PairedSpeakers.Pair<>(
                        part.apply(predictions),
                        part.apply(Objects.requireNonNull(seconds.get(speaker))))));
    return pairs;
  }

  /** Compares the runs by one metric. */
  public Comparison compare(Metric metric) {
    return confusions.compare(metric, parts -> metric.of(ConfusionMatrix.sum(parts)));
  }

  /** Compares the recall of one class; empty if the class does not occur. */
  public Optional<Comparison> compare(ClassRecall recall) {
    boolean occurs =
        confusions.pairs().stream().anyMatch(pair -> recall.of(pair.first()).isPresent());
    return occurs
        ? Optional.of(confusions.compare(recall, parts -> recall.of(ConfusionMatrix.sum(parts))))
        : Optional.empty();
  }

  /** Compares how true the runs' confidences are. */
  public Comparison compare(CalibrationMeasure measure) {
    return calibrations.compare(
        measure, parts -> OptionalDouble.of(measure.of(Calibration.pooled(parts))));
  }

  private static void checkPaired(Predictions first, Predictions second) {
    if (!first.classes().equals(second.classes())) {
      throw new IllegalArgumentException(
          "runs over different classes cannot be compared: %s and %s"
              .formatted(first.classes(), second.classes()));
    }
    Map<String, Prediction> byClip = new LinkedHashMap<>();
    first.asList().forEach(prediction -> byClip.put(prediction.clip(), prediction));
    if (byClip.size() != first.size() || first.size() != second.size()) {
      throw new IllegalArgumentException(
          "expected two runs over the same clips, each once, found %d predictions for %d clips and %d"
              .formatted(first.size(), byClip.size(), second.size()));
    }
    for (Prediction prediction : second.asList()) {
      Prediction other = byClip.remove(prediction.clip());
      if (other == null) {
        throw new IllegalArgumentException(
            "clip %s is in the second run only, or there twice".formatted(prediction.clip()));
      }
      if (!other.actual().equals(prediction.actual())
          || !other.speaker().equals(prediction.speaker())) {
        throw new IllegalArgumentException(
            "clip %s is %s by speaker %s in the first run, but %s by speaker %s in the second"
                .formatted(
                    prediction.clip(),
                    other.actual(),
                    other.speaker(),
                    prediction.actual(),
                    prediction.speaker()));
      }
    }
  }
}
