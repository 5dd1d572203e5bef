package dev.serenade.recognition.confidence;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a model's confidence was worth on clips of speakers it was not trained on.
 *
 * <p>From it follows when to abstain so that few answers are wrong, and how probable an emotion
 * must be to belong to a set that holds the right one. Both hold for clips that are drawn like the
 * held-out ones. Clips of other speakers are not quite, and those of another corpus are not at all:
 * measure there.
 *
 * @param clips how many were held out
 * @param speakers who spoke in them
 * @param steps how often answers were wrong, from the surest on; confidences fall, and the last
 *     step answers all clips
 * @param sets how probable the right emotion was, by the share of clips; coverages grow
 */
public record HeldOutConfidence(int clips, int speakers, List<Step> steps, List<SetLevel> sets) {

  /** How sure {@link #abstainBelow} is: in 95 of 100 draws of held-out clips its promise holds. */
  public static final double CERTAINTY = 0.95;

  /** Forgives the rounding of shares that are written in decimals. */
  private static final double ROUNDING = 1e-9;

  /**
   * What answers at some confidence and above were worth.
   *
   * @param confidence in [0, 1]
   * @param answered how many held-out clips had at least this confidence
   * @param wrong for how many of them the likeliest emotion was not the right one
   */
  public record Step(double confidence, int answered, int wrong) {

    /** Checks the ranges. */
    public Step {
      if (!(confidence >= 0 && confidence <= 1) || answered < 1 || wrong < 0 || wrong > answered) {
        throw new IllegalArgumentException(
            "expected a confidence in [0, 1] and at most as many errors as answers, found %s, %d of %d"
                .formatted(confidence, wrong, answered));
      }
    }
  }

  /**
   * How probable an emotion must be for a set.
   *
   * @param coverage the share of clips whose set is to hold the right emotion, in (0, 1)
   * @param leastProbability in [0, 1]; 0 where too few clips were held out to promise so much
   */
  public record SetLevel(double coverage, double leastProbability) {

    /** Checks the ranges. */
    public SetLevel {
      if (!(coverage > 0 && coverage < 1 && leastProbability >= 0 && leastProbability <= 1)) {
        throw new IllegalArgumentException(
            "expected a coverage in (0, 1) and a probability in [0, 1], found %s and %s"
                .formatted(coverage, leastProbability));
      }
    }
  }

  /** Checks the order of steps and sets, and copies them. */
  public HeldOutConfidence {
    steps = List.copyOf(steps);
    sets = List.copyOf(sets);
    if (steps.isEmpty() || steps.get(steps.size() - 1).answered() != clips) {
      throw new IllegalArgumentException(
          "expected steps of which the last answers all %d clips, found %s"
              .formatted(clips, steps));
    }
    for (int i = 1; i < steps.size(); i++) {
      Step before = steps.get(i - 1);
      Step step = steps.get(i);
      if (step.confidence() >= before.confidence() || step.answered() <= before.answered()) {
        throw new IllegalArgumentException(
            "expected less confidence and more answers after %s, found %s".formatted(before, step));
      }
    }
    for (int i = 1; i < sets.size(); i++) {
      if (sets.get(i).coverage() <= sets.get(i - 1).coverage()) {
        throw new IllegalArgumentException(
            "expected a coverage above %s, found %s"
                .formatted(sets.get(i - 1).coverage(), sets.get(i).coverage()));
      }
    }
  }

  /**
   * Returns the confidence below which to abstain so that at most this share of answers is wrong,
   * and as many as possible are given; empty if so much cannot be promised.
   *
   * <p>Steps are searched by halving; of each that is looked at, the bound of Clopper and Pearson
   * on the rate of errors must not exceed the target, with a doubt of (1 - {@link #CERTAINTY})
   * shared among all looks. For independent clips the promise then holds with that certainty:
   * Geifman and El-Yaniv, "Selective Classification for Deep Neural Networks", NeurIPS 2017, arXiv
   * 1705.08500, algorithm 2.
   *
   * @param targetError in (0, 1)
   */
  public OptionalDouble abstainBelow(double targetError) {
    if (!(targetError > 0 && targetError < 1)) {
      throw new IllegalArgumentException(
          "expected a target error between 0 and 1, found " + targetError);
    }
    OptionalDouble best = OptionalDouble.empty();
    int low = 0;
    int high = steps.size() - 1;
    while (low <= high) {
      int middle = (low + high) / 2;
      if (bound(steps.get(middle)) <= targetError + ROUNDING) {
        best = OptionalDouble.of(steps.get(middle).confidence());
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return best;
  }

  /** Returns the lowest target error that {@link #abstainBelow} can promise; 1 if there is none. */
  public double lowestPromise() {
    return steps.stream()
        .mapToDouble(this::bound)
        .filter(bound -> bound < 1)
        .sorted()
        .filter(bound -> abstainBelow(bound).isPresent())
        .findFirst()
        .orElse(1);
  }

  private double bound(Step step) {
    // So many steps a search by halving looks at, at most.
    int looks = Integer.SIZE - Integer.numberOfLeadingZeros(steps.size());
    return BinomialBound.upper(step.wrong(), step.answered(), (1 - CERTAINTY) / looks);
  }

  /**
   * Returns how probable an emotion must be to belong to a set that holds the right one in this
   * share of clips, or in the next larger share that is known; 0, which means all emotions, if none
   * is.
   *
   * @param coverage in (0, 1)
   */
  public double leastProbability(double coverage) {
    if (!(coverage > 0 && coverage < 1)) {
      throw new IllegalArgumentException("expected a coverage between 0 and 1, found " + coverage);
    }
    return sets.stream()
        .filter(level -> level.coverage() >= coverage - ROUNDING)
        .mapToDouble(SetLevel::leastProbability)
        .findFirst()
        .orElse(0);
  }
}
