package dev.serenade.evaluation.calibration;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes probabilities honest by a scale and a bias for each class beside the temperature:
 *
 * <pre>{@code
 * p = softmax(w z / T + b)          w and b of K classes, each times, or plus, its own logit
 * }</pre>
 *
 * <p>Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, arXiv 1706.04599, fit w and
 * b to held-out clips freely. Here the temperature is fitted first, by itself, and w and b are then
 * held near what makes no difference, by a strength s, over N clips n with labels y_n:
 *
 * <pre>{@code
 * J(w, b) = 1/N sum_n -ln p_n,y_n + s/2N (|w - 1|^2 + |b|^2)
 * }</pre>
 *
 * <p>which is strictly convex, so that Newton's method finds its one minimum. As s grows, this
 * becomes temperature scaling.
 *
 * <p>The clips of one speaker are alike, and a handful of speakers must not make things worse for
 * all others. So s is one of {@link #STRENGTHS}, chosen by leaving speakers out: the one with the
 * lowest log-loss on the speakers left out. Unless that is below temperature scaling's by more than
 * two standard errors of the difference over groups of speakers, w = 1 and b = 0; so too with fewer
 * than five speakers. Unlike a temperature, w and b can change which class wins.
 *
 * @param temperature T, above 0
 * @param scales w, one for each class
 * @param biases b, one for each class
 */
public record VectorScaling(double temperature, List<Double> scales, List<Double> biases)
    implements LogitScaling {

  /** The strengths that are tried, from the one that changes least. */
  public static final List<Double> STRENGTHS = List.of(1000.0, 300.0, 100.0, 30.0, 10.0, 3.0, 1.0);

  /** Speakers are left out in at most so many groups. */
  private static final int MOST_GROUPS = 10;

  /** Of fewer speakers, the error of a difference between them is not known either. */
  private static final int FEWEST_SPEAKERS = 5;

  private static final int MOST_STEPS = 100;

  /** Newton's method squares the error in a step: the step from such slopes is the last. */
  private static final double FLAT = 1e-7;

  /** Of Newton's step; where even less of it does not help, rounding is all that is left. */
  private static final double LEAST_STEP = 1e-3;

  /** Standard errors that a gain must reach to be believed. */
  private static final double SURE = 2;

  /** Checks the ranges, and copies the lists. */
  public VectorScaling {
    scales = List.copyOf(scales);
    biases = List.copyOf(biases);
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "expected a temperature above 0, and finite, found " + temperature);
    }
    if (scales.size() != biases.size() || scales.isEmpty()) {
      throw new IllegalArgumentException(
          "expected as many biases as scales, and at least one, found %d and %d"
              .formatted(biases.size(), scales.size()));
    }
  }

  /** Finds the temperature, the strength, and the scales and biases of that strength. */
  public static VectorScaling fit(HeldOutLogits heldOut) {
    TemperatureScaling temperature = TemperatureScaling.fit(heldOut.logits(), heldOut.labels());
    List<String> speakers = heldOut.distinctSpeakers();
    int groups = Math.min(MOST_GROUPS, speakers.size());
    if (speakers.size() < FEWEST_SPEAKERS) {
      return unchanged(temperature, heldOut.classes());
    }
    // Rows: what each strength gains over temperature scaling on each group, in nats a clip.
    double[][] gains = new double[STRENGTHS.size()][groups];
    for (int g = 0; g < groups; g++) {
      int group = g;
      HeldOutLogits others = heldOut.of(s -> speakers.indexOf(s) % groups != group);
      HeldOutLogits left = heldOut.of(s -> speakers.indexOf(s) % groups == group);
      TemperatureScaling ofOthers = TemperatureScaling.fit(others.logits(), others.labels());
      VectorScalingObjective logLoss = new VectorScalingObjective(left, 0);
      double before = logLoss.value(unchanged(ofOthers, heldOut.classes()));
      for (int s = 0; s < gains.length; s++) {
        gains[s][g] = before - logLoss.value(fit(others, ofOthers, STRENGTHS.get(s)));
      }
    }
    int best = 0;
    for (int s = 1; s < gains.length; s++) {
      best = mean(gains[s]) > mean(gains[best]) ? s : best;
    }
    return mean(gains[best]) > SURE * standardError(gains[best])
        ? fit(heldOut, temperature, STRENGTHS.get(best))
        : unchanged(temperature, heldOut.classes());
  }

  /** Finds the scales and biases of one strength, above 0, by Newton's method. */
  static VectorScaling fit(HeldOutLogits heldOut, TemperatureScaling temperature, double strength) {
    VectorScalingObjective objective = new VectorScalingObjective(heldOut, strength);
    VectorScaling place = unchanged(temperature, heldOut.classes());
    double value = objective.value(place);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] gradient = objective.gradient(place);
      double[] direction = objective.newtonDirection(place, gradient);
      double length = 1;
      VectorScaling next = place.moved(direction, length);
      double nextValue = objective.value(next);
      while (nextValue > value && length > LEAST_STEP) {
        length /= 2;
        next = place.moved(direction, length);
        nextValue = objective.value(next);
      }
      if (nextValue > value) {
        break;
      }
      boolean flat = Arrays.stream(gradient).allMatch(slope -> Math.abs(slope) < FLAT);
      place = next;
      value = nextValue;
      if (flat) {
        break;
      }
    }
    return place;
  }

  private static VectorScaling unchanged(TemperatureScaling temperature, int classes) {
    return new VectorScaling(
        temperature.temperature(),
        Collections.nCopies(classes, 1.0),
        Collections.nCopies(classes, 0.0));
  }

  /** Returns whether this is temperature scaling: all scales 1, all biases 0. */
  public boolean isTemperatureOnly() {
    return scales.stream().allMatch(w -> w == 1) && biases.stream().allMatch(b -> b == 0);
  }

  /** Returns softmax(w z / T + b), in the order of the logits. */
  @Override
  public double[] apply(Logits logits) {
    double[] scaled = new double[logits.size()];
    Arrays.setAll(scaled, k -> scales.get(k) * logits.get(k) / temperature + biases.get(k));
    return Logits.of(scaled).softmax(1);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double standardError(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }

  /** Returns the place so far from here against a direction in (w, b). */
  private VectorScaling moved(double[] direction, double length) {
    int classes = scales.size();
    return new VectorScaling(
        temperature,
        IntStream.range(0, classes).mapToObj(k -> scales.get(k) - length * direction[k]).toList(),
        IntStream.range(0, classes)
            .mapToObj(k -> biases.get(k) - length * direction[classes + k])
            .toList());
  }
}
