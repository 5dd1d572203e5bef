package dev.serenade.speed;

import dev.serenade.whisper.Precision;
import java.util.List;

/**
 * Where the time from a file to scores goes, in milliseconds for each clip.
 *
 * <p>The parts are measured by themselves, so their sum is not quite the whole; what is missing, at
 * least 0, is the rest: handing tensors over, and what programs do between the parts.
 *
 * @param seconds how long a clip lasts
 * @param batch how many clips are done together
 * @param precision in which the encoder computes
 * @param decode from the file to samples
 * @param frontEnd from samples to the log-Mel spectrogram
 * @param blocks the encoder without its front end
 * @param head from hidden states to scores
 * @param total from the file to scores
 */
public record StageShares(
    double seconds,
    int batch,
    Precision precision,
    double decode,
    double frontEnd,
    double blocks,
    double head,
    double total) {

  /** Returns the shares of one kind of clip among the cases, which hold each of its stages once. */
  static StageShares of(List<SpeedCase> cases, double seconds, int batch, Precision precision) {
    double frontEnd = milliseconds(cases, Stage.FRONT_END, seconds, batch, precision);
    return new StageShares(
        seconds,
        batch,
        precision,
        milliseconds(cases, Stage.DECODE, seconds, batch, precision),
        frontEnd,
        Math.max(0, milliseconds(cases, Stage.ENCODER, seconds, batch, precision) - frontEnd),
        milliseconds(cases, Stage.HEAD, seconds, batch, precision),
        milliseconds(cases, Stage.TOTAL, seconds, batch, precision));
  }

  private static double milliseconds(
      List<SpeedCase> cases, Stage stage, double seconds, int batch, Precision precision) {
    return cases.stream()
        .filter(one -> one.stage() == stage && one.seconds() == seconds && one.batch() == batch)
        .filter(one -> one.precision() == precision)
        .mapToDouble(SpeedCase::milliseconds)
        .findFirst()
        .orElseThrow();
  }

  /** Returns what none of the parts accounts for, in milliseconds. */
  public double rest() {
    return Math.max(0, total - parts());
  }

  /** Returns the time that shares are shares of: the total, or the sum of the parts if greater. */
  public double whole() {
    return Math.max(total, parts());
  }

  /** Returns the share of all but the encoder, which includes its front end, in [0, 1]. */
  public double outsideEncoder() {
    return (decode + head + rest()) / whole();
  }

  private double parts() {
    return decode + frontEnd + blocks + head;
  }
}
