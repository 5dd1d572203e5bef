package dev.serenade.training;

/**
 * Linear warm-up, then half a cosine down to zero; or the same rate at every step.
 *
 * <pre>{@code
 * rate(s) = peak (s + 1) / W                               for steps s = 0 .. W - 1
 * rate(s) = peak (1 + cos(pi (s - W) / (N - W))) / 2       for steps s = W .. N - 1
 * rate(s) = peak                                           of a constant schedule
 * }</pre>
 *
 * <p>As in arXiv 2602.06000, where W is a tenth of N. The peak is reached at the last step of the
 * warm-up and held for one step more.
 *
 * @param kind what follows the warm-up; a constant schedule has none, whatever W is
 * @param peak the highest rate
 * @param warmUpSteps W, may be 0
 * @param totalSteps N, at least W
 */
record LearningRateSchedule(Schedule kind, double peak, int warmUpSteps, int totalSteps) {

  LearningRateSchedule {
    if (warmUpSteps < 0 || warmUpSteps > totalSteps) {
      throw new IllegalArgumentException(
          "expected between 0 and %d steps of warm-up, found %d"
              .formatted(totalSteps, warmUpSteps));
    }
  }

  /** Makes a schedule with a cosine. */
  LearningRateSchedule(double peak, int warmUpSteps, int totalSteps) {
    this(Schedule.COSINE, peak, warmUpSteps, totalSteps);
  }

  /** Returns the rate of a step, counted from 0. */
  double rate(int step) {
    if (kind == Schedule.CONSTANT) {
      return peak;
    }
    if (step < warmUpSteps) {
      return peak * (step + 1) / warmUpSteps;
    }
    return peak * 0.5 * (1 + Math.cos(Math.PI * (step - warmUpSteps) / (totalSteps - warmUpSteps)));
  }
}
