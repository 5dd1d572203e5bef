package dev.serenade.training;

/**
 * Linear warm-up, then half a cosine down to zero.
 *
 * <pre>{@code
 * rate(s) = peak (s + 1) / W                               for steps s = 0 .. W - 1
 * rate(s) = peak (1 + cos(pi (s - W) / (N - W))) / 2       for steps s = W .. N - 1
 * }</pre>
 *
 * <p>As in arXiv 2602.06000, where W is a tenth of N. The peak is reached at the last step of the
 * warm-up and held for one step more.
 *
 * @param peak the highest rate
 * @param warmUpSteps W, may be 0
 * @param totalSteps N, at least W
 */
record LearningRateSchedule(double peak, int warmUpSteps, int totalSteps) {

  LearningRateSchedule {
    if (warmUpSteps < 0 || warmUpSteps > totalSteps) {
      throw new IllegalArgumentException(
          "expected between 0 and %d steps of warm-up, found %d"
              .formatted(totalSteps, warmUpSteps));
    }
  }

  /** Returns the rate of a step, counted from 0. */
  double rate(int step) {
    if (step < warmUpSteps) {
      return peak * (step + 1) / warmUpSteps;
    }
    return peak * 0.5 * (1 + Math.cos(Math.PI * (step - warmUpSteps) / (totalSteps - warmUpSteps)));
  }
}
