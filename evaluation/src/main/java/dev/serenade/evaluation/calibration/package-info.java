/**
 * Whether a confidence of 0.8 is right eight times in ten, and how to make it so.
 *
 * <p>{@link dev.serenade.evaluation.calibration.Calibration} measures; {@link
 * dev.serenade.evaluation.calibration.TemperatureScaling} mends, without changing which class wins;
 * {@link dev.serenade.evaluation.calibration.RiskCoverage} shows what abstaining would gain, and
 * {@link dev.serenade.evaluation.calibration.ConformalSets} answers with several classes where one
 * is not sure.
 */
package dev.serenade.evaluation.calibration;
