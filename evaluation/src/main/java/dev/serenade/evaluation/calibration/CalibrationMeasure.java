package dev.serenade.evaluation.calibration;

import dev.serenade.evaluation.Measure;
import java.util.function.ToDoubleFunction;

/** The numbers of a {@link Calibration}, each an error: less is better. */
public enum CalibrationMeasure implements Measure {
  /** How far confidence is from accuracy, a share. */
  EXPECTED_CALIBRATION_ERROR(
      "expectedCalibrationError", "calibration error", true, Calibration::expectedCalibrationError),

  /** Squared error of the probabilities, from 0 to 2. */
  BRIER_SCORE("brierScore", "Brier score", false, Calibration::brierScore),

  /** Mean negative logarithm of the label's probability, in nats. */
  LOG_LOSS("logLoss", "log-loss", false, Calibration::logLoss);

  private final String key;
  private final String shortName;
  private final boolean share;
  private final ToDoubleFunction<Calibration> value;

  CalibrationMeasure(
      String key, String shortName, boolean share, ToDoubleFunction<Calibration> value) {
    this.key = key;
    this.shortName = shortName;
    this.share = share;
    this.value = value;
  }

  /** Returns this number. */
  public double of(Calibration calibration) {
    return value.applyAsDouble(calibration);
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
