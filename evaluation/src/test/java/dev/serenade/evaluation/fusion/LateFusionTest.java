package dev.serenade.evaluation.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import dev.serenade.evaluation.TestSeed;
import dev.serenade.evaluation.calibration.Calibration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LateFusionTest {

  /** Additions in another order. */
  private static final double ROUNDING = 1e-12;

  private static final List<String> CLASSES = RandomPredictions.CLASSES;

  private static LongStream seeds() {
    return TestSeed.seeds();
  }

  private static Predictions like(
      Predictions predictions, Function<Prediction, ClassProbabilities> probabilities) {
    return Predictions.of(
        predictions.asList().stream()
            .map(
                p ->
                    new Prediction(
                        p.clip(), p.speaker(), p.fold(), p.actual(), probabilities.apply(p)))
            .toList());
  }

  private static ClassProbabilities normalised(double... values) {
    double sum = IntStream.range(0, values.length).mapToDouble(k -> values[k]).sum();
    return ClassProbabilities.of(
        CLASSES, IntStream.range(0, values.length).mapToDouble(k -> values[k] / sum).toArray());
  }

  /** What a model says that knows nothing, and is not aware of it. */
  private static Predictions noise(Predictions predictions, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return like(
        predictions,
        p ->
            normalised(
                IntStream.range(0, CLASSES.size())
                    .mapToDouble(k -> Math.exp(3 * random.nextDouble()))
                    .toArray()));
  }

  private static Predictions right(Predictions predictions, double probability) {
    return like(
        predictions,
        p ->
            normalised(
                IntStream.range(0, CLASSES.size())
                    .mapToDouble(
                        k ->
                            k == p.actualIndex()
                                ? probability
                                : (1 - probability) / (CLASSES.size() - 1))
                    .toArray()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noiseGetsNextToNoWeight(long seed) {
    Predictions audio = RandomPredictions.of(seed, 10, 100);
    Predictions text = noise(audio, seed + 1);

    assertThat(LateFusion.fit(audio, text).firstWeight()).isGreaterThanOrEqualTo(0.85);
    assertThat(LateFusion.fit(text, audio).firstWeight()).isLessThanOrEqualTo(0.15);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aCopyGivesTheSameScores(long seed) {
    Predictions audio = RandomPredictions.of(seed, 4, 20);
    LateFusion fusion = LateFusion.fit(audio, audio);
    Predictions fused = fusion.fuse(audio, audio);

    assertThat(fusion.firstWeight()).isEqualTo(0.5);
    for (int i = 0; i < audio.size(); i++) {
      double[] expected = audio.asList().get(i).probabilities().toArray();
      assertThat(fused.asList().get(i).probabilities().toArray())
          .containsExactly(expected, within(ROUNDING));
    }
  }

  @Test
  void aPerfectTextGetsNextToAllWeight() {
    Predictions audio = RandomPredictions.of(1, 10, 40);
    Predictions text = right(audio, 0.999);
    LateFusion fusion = LateFusion.fit(audio, text);

    assertThat(fusion.firstWeight()).isLessThanOrEqualTo(0.05);
    assertThat(Metric.WEIGHTED_ACCURACY.of(fusion.fuse(audio, text))).isEqualTo(1);
  }

  @Test
  void twoThatErrApartAreBetterTogether() {
    Predictions one = RandomPredictions.of(1, 10, 40);
    // Another draw of the same skill, put on the labels of the first by rotating its classes.
    Predictions drawn = RandomPredictions.of(2, 10, 40);
    Predictions other =
        Predictions.of(
            IntStream.range(0, one.size())
                .mapToObj(
                    i -> {
                      Prediction p = one.asList().get(i);
                      Prediction q = drawn.asList().get(i);
                      int shift = q.actualIndex() - p.actualIndex() + CLASSES.size();
                      return new Prediction(
                          p.clip(),
                          p.speaker(),
                          p.fold(),
                          p.actual(),
                          normalised(
                              IntStream.range(0, CLASSES.size())
                                  .mapToDouble(
                                      k -> q.probabilities().get((k + shift) % CLASSES.size()))
                                  .toArray()));
                    })
                .toList());
    LateFusion fusion = LateFusion.fit(one, other);

    assertThat(fusion.firstWeight()).isBetween(0.3, 0.7);
    assertThat(Calibration.of(fusion.fuse(one, other)).logLoss())
        .isLessThan(Calibration.of(one).logLoss())
        .isLessThan(Calibration.of(other).logLoss());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noOtherWeightHasALesserLoss(long seed) {
    Predictions audio = RandomPredictions.of(seed, 3, 20);
    Predictions text = noise(audio, seed);
    double least = Calibration.of(LateFusion.fit(audio, text).fuse(audio, text)).logLoss();

    for (int step = 0; step <= LateFusion.STEPS; step++) {
      LateFusion other = new LateFusion((double) step / LateFusion.STEPS);
      assertThat(Calibration.of(other.fuse(audio, text)).logLoss())
          .isGreaterThanOrEqualTo(least - ROUNDING);
    }
  }

  @Test
  void theFormulaIsTheFormula() {
    ClassProbabilities first = ClassProbabilities.of(List.of("a", "b"), 0.8, 0.2);
    ClassProbabilities second = ClassProbabilities.of(List.of("a", "b"), 0.4, 0.6);
    double a = Math.pow(0.8, 0.3) * Math.pow(0.4, 0.7);
    double b = Math.pow(0.2, 0.3) * Math.pow(0.6, 0.7);

    assertThat(new LateFusion(0.3).fuse(first, second).get(0))
        .isCloseTo(a / (a + b), within(ROUNDING));
    assertThat(new LateFusion(1).fuse(first, second)).isEqualTo(first);
    assertThat(new LateFusion(0).fuse(first, second)).isEqualTo(second);
  }

  @Test
  void noModelRulesAClassOutAlone() {
    ClassProbabilities first = ClassProbabilities.of(List.of("a", "b"), 1, 0);
    ClassProbabilities second = ClassProbabilities.of(List.of("a", "b"), 0, 1);
    ClassProbabilities fused = new LateFusion(0.5).fuse(first, second);

    assertThat(fused.toArray()).containsExactly(0.5, 0.5);
  }

  @Test
  void clipsOfOneModelAloneAreNoGroundForAWeightAndCannotBeFused() {
    Predictions audio = RandomPredictions.of(1, 4, 20);
    Predictions some = Predictions.of(audio.asList().subList(0, 30));
    Predictions others = Predictions.of(audio.asList().subList(30, 60));

    assertThat(LateFusion.fit(audio, right(some, 0.999)))
        .isEqualTo(LateFusion.fit(some, right(some, 0.999)));
    assertThat(new LateFusion(0.5).fuseCommon(audio, some))
        .isEqualTo(new LateFusion(0.5).fuse(some, some));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LateFusion.fit(some, others))
        .withMessage(
            "expected clips of which both models said something, found none among 30 and 30");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LateFusion(0.5).fuse(audio, some))
        .withMessage(
            "expected the same clips of both models, found 80 and 30, of which both have 30");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Predictions audio = RandomPredictions.of(1, 2, 5);
    Prediction first = audio.asList().get(0);
    String otherLabel = CLASSES.get((first.actualIndex() + 1) % CLASSES.size());
    Predictions relabelled =
        Predictions.of(
            List.of(
                new Prediction(
                    first.clip(),
                    first.speaker(),
                    first.fold(),
                    otherLabel,
                    first.probabilities())));

    assertThatIllegalArgumentException().isThrownBy(() -> new LateFusion(1.01));
    assertThatIllegalArgumentException().isThrownBy(() -> new LateFusion(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LateFusion.fit(audio, relabelled))
        .withMessage(
            "clip %s is %s for the first model, but %s for the second",
            first.clip(), first.actual(), otherLabel);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LateFusion(0.5)
                    .fuse(first.probabilities(), ClassProbabilities.of(List.of("a"), 1)))
        .withMessageStartingWith("models of different classes cannot be fused");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LateFusion.fit(Predictions.concat(List.of(audio, audio)), audio))
        .withMessage("expected each clip once, found %s twice", first.clip());
  }
}
