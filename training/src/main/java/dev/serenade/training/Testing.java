package dev.serenade.training;

/** How clips that are not trained on are scored, and by what the epoch is chosen on them. */
enum Testing {
  /** Nothing is dropped; the epoch with the highest recall, of equal ones the lowest loss. */
  HONEST {
    @Override
    double dropout(double whileTraining) {
      return 0;
    }

    @Override
    boolean prefers(EpochSummary epoch, EpochSummary other) {
      return epoch.isBetterThan(other);
    }
  },
  /**
   * As in the code released with arXiv 2602.06000: as much is dropped as in training, drawn anew
   * each time; the epoch with the highest accuracy, of equal ones the first.
   */
  AS_RELEASED {
    @Override
    double dropout(double whileTraining) {
      return whileTraining;
    }

    @Override
    boolean prefers(EpochSummary epoch, EpochSummary other) {
      return epoch.validationAccuracy().orElse(0) > other.validationAccuracy().orElse(0);
    }
  };

  /** Returns how much is dropped while testing. */
  abstract double dropout(double whileTraining);

  /** Returns whether the first epoch is to be preferred to the other, which came before. */
  abstract boolean prefers(EpochSummary epoch, EpochSummary other);
}
