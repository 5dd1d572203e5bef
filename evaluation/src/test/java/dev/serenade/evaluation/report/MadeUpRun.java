package dev.serenade.evaluation.report;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.ConformalSets;
import dev.serenade.evaluation.calibration.DecisionThresholds;
import dev.serenade.evaluation.explanation.ExplainedClip;
import dev.serenade.evaluation.explanation.ExplanationTest;
import dev.serenade.evaluation.explanation.OrderedRemoval;
import dev.serenade.evaluation.explanation.RemovalCurve;
import dev.serenade.evaluation.figure.AttentionTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A run that looks like one on EMO-DB: seven classes, ten speakers, one fold each. {@code main}
 * writes its report to a folder, to look at.
 */
final class MadeUpRun {

  private static final List<String> CLASSES =
      List.of("anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness");
  private static final List<List<Integer>> CONFUSED =
      List.of(List.of(0, 4), List.of(4, 0), List.of(1, 5));
  private static final int[] SIZES = {13, 8, 5, 7, 7, 8, 6};

  private MadeUpRun() {}

  public static void main(String[] arguments) throws IOException {
    EvaluationRun run = of("leave-one-speaker-out", List.of());
    Report.write(run.explained(explanation()), Path.of(arguments[0]));
  }

  static EvaluationRun of(String protocol, List<String> caveats) {
    return of(protocol, caveats, 3);
  }

  static EvaluationRun of(String protocol, List<String> caveats, double meanSkill) {
    SplittableRandom random = new SplittableRandom(20);
    List<FoldResult> folds = new ArrayList<>();
    for (int f = 0; f < 10; f++) {
      String speaker = String.format(Locale.ROOT, "%02d", f + 3);
      double skill = meanSkill + random.nextDouble(-0.6, 0.6);
      Predictions predictions = fold(random, speaker, skill);
      folds.add(
          new FoldResult(
              speaker,
              predictions,
              epochs(random, skill),
              OptionalInt.of(18 + random.nextInt(12)),
              f > 1 ? List.of() : List.of(attention(random, f == 0)),
              Optional.of(Calibration.of(sharpened(predictions))),
              Optional.of(thresholds(f))));
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("serenade", "0.1.0");
    provenance.put("corpus", "emodb, 535 clips, manifest sha256 3f0c…91aa");
    provenance.put("encoder", "whisper-base, sha256 77b1…0d2e");
    provenance.put("head", "layer 3, qkv, 6 heads of 4, projection 256");
    provenance.put("training", "AdamW, lr 1e-3, batch 16, 30 epochs, seed 1");
    return new EvaluationRun(
        "emodb, whisper-base, layer 3, qkv", protocol, caveats, folds, provenance, 1);
  }

  /** A test in which occlusion is right, and attention no better than chance. */
  static ExplanationTest explanation() {
    SplittableRandom random = new SplittableRandom(4);
    List<ExplainedClip> clips = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Map<String, OrderedRemoval> byExplanation = new LinkedHashMap<>();
      byExplanation.put("attention", new OrderedRemoval(removal(random, 1), removal(random, 1)));
      byExplanation.put("occlusion", new OrderedRemoval(removal(random, 3), removal(random, 0.3)));
      List<RemovalCurve> orders = IntStream.range(0, 5).mapToObj(n -> removal(random, 1)).toList();
      clips.add(
          new ExplainedClip(
              "clip-" + i + ".flac",
              "speaker " + i % 10,
              random.nextDouble(0.5, 0.9),
              byExplanation,
              orders));
    }
    return new ExplanationTest(clips);
  }

  private static RemovalCurve removal(SplittableRandom random, double haste) {
    return new RemovalCurve(
        IntStream.rangeClosed(0, 10)
            .mapToObj(
                n -> {
                  double noise = n % 10 == 0 ? 0 : 0.1 * gaussian(random);
                  double left = 0.3 + 0.6 * Math.pow(1 - n / 10.0, haste);
                  return Math.min(1, Math.max(0, left + noise));
                })
            .toList());
  }

  /** As a model gives them that is too sure of itself. */
  private static Predictions sharpened(Predictions predictions) {
    return Predictions.of(
        predictions.asList().stream()
            .map(
                p -> {
                  double[] values =
                      Arrays.stream(p.probabilities().toArray()).map(x -> x * x).toArray();
                  double sum = Arrays.stream(values).sum();
                  return new Prediction(
                      p.clip(),
                      p.speaker(),
                      p.fold(),
                      p.actual(),
                      ClassProbabilities.of(
                          predictions.classes(),
                          Arrays.stream(values).map(x -> x / sum).toArray()));
                })
            .toList());
  }

  private static DecisionThresholds thresholds(int fold) {
    List<Double> below = List.of(fold == 0 ? Double.NaN : 0.9, 0.75, 0.5);
    List<Double> least = List.of(0.45, 0.2, 0.1);
    return new DecisionThresholds(
        IntStream.range(0, below.size())
            .mapToObj(
                i ->
                    new DecisionThresholds.Abstaining(
                        DecisionThresholds.TARGET_ERRORS.get(i),
                        below.get(i).isNaN()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(below.get(i))))
            .toList(),
        IntStream.range(0, least.size())
            .mapToObj(
                i ->
                    new DecisionThresholds.Sets(
                        DecisionThresholds.COVERAGES.get(i), new ConformalSets(least.get(i))))
            .toList());
  }

  private static Predictions fold(SplittableRandom random, String speaker, double skill) {
    List<Prediction> predictions = new ArrayList<>();
    for (int actual = 0; actual < SIZES.length; actual++) {
      for (int n = 0; n < SIZES[actual]; n++) {
        double[] p = new double[SIZES.length];
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
          boolean alike = CONFUSED.contains(List.of(actual, k));
          p[k] = Math.exp(1.6 * gaussian(random) + (k == actual ? skill + 1.2 : alike ? 1.8 : 0));
          sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
          p[k] /= sum;
        }
        String clip = "wav/" + speaker + "WLEAFNT".charAt(actual) + n + ".flac";
        predictions.add(
            new Prediction(
                clip, speaker, speaker, CLASSES.get(actual), ClassProbabilities.of(CLASSES, p)));
      }
    }
    return Predictions.of(predictions);
  }

  private static List<EpochScores> epochs(SplittableRandom random, double skill) {
    return IntStream.rangeClosed(1, 30)
        .mapToObj(
            e -> {
              double left = Math.exp(-e / 5.0);
              double recall = 0.62 + 0.08 * skill - 0.6 * left + 0.02 * gaussian(random);
              return new EpochScores(
                  e,
                  0.12 + 1.8 * left + 0.02 * gaussian(random),
                  0.45 + 1.4 * left + 0.004 * e + 0.03 * gaussian(random),
                  recall + 0.02,
                  recall);
            })
        .toList();
  }

  private static AttentionTrace attention(SplittableRandom random, boolean right) {
    int frames = 95;
    List<Double> loudness = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      double syllable = Math.abs(Math.sin(t / 7.0)) * Math.sin(Math.PI * t / frames);
      loudness.add(0.02 + 0.2 * syllable * random.nextDouble(0.7, 1));
    }
    List<List<Double>> heads = new ArrayList<>();
    for (int h = 0; h < 6; h++) {
      double centre = random.nextDouble(20, 75);
      double[] e = new double[frames];
      double sum = 0;
      for (int t = 0; t < frames; t++) {
        e[t] = Math.exp(6 * loudness.get(t) - Math.pow((t - centre) / 25, 2));
        sum += e[t];
      }
      double total = sum;
      heads.add(IntStream.range(0, frames).mapToObj(t -> e[t] / total).toList());
    }
    return new AttentionTrace(
        right ? "03a01Fa.flac" : "08b02Tb.flac",
        "happiness",
        right ? "happiness" : "fear",
        0.02,
        heads,
        loudness);
  }

  /** Sums twelve uniform numbers: near enough to normal, and the same on every JDK. */
  private static double gaussian(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }
}
