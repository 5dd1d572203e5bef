package dev.serenade.evaluation.calibration;

import dev.serenade.evaluation.Measure;

/** The numbers of a {@link Calibration}, each an error: less is better. */
public enum CalibrationMeasure implements Measure {
  /** How far confidence is from accuracy, a share. */
  EXPECTED_CALIBRATION_ERROR("expectedCalibrationError", "calibration error", true),

  /** Squared error of the probabilities, from 0 to 2. */
  BRIER_SCORE("brierScore", "Brier score", false),

  /** Mean negative logarithm of the label's probability, in nats. */
  LOG_LOSS("logLoss", "log-loss", false);

  private final String key;
  private final String shortName;
  private final boolean share;

  CalibrationMeasure(String key, String shortName, boolean share) {
    this.key = key;
    this.shortName = shortName;
    this.share = share;
  }

  /** Returns this number. */
  public double of(Calibration calibration) {
    return switch (this) {
      case EXPECTED_CALIBRATION_ERROR -> calibration.expectedCalibrationError();
      case BRIER_SCORE -> calibration.brierScore();
      case LOG_LOSS -> calibration.logLoss();
    };
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String shortName() {
    return shortName;
  }

  @Override
  public boolean lessIsBetter() {
    return true;
  }

  @Override
  public boolean isShare() {
    return share;
  }
}
