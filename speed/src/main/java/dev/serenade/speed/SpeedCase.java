package dev.serenade.speed;

import dev.serenade.whisper.Precision;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long one stage took on clips of one length.
 *
 * @param stage which part of the work
 * @param seconds how long a clip lasts
 * @param batch how many clips are done together
 * @param precision in which the encoder computes
 * @param timings for each clip, in each round
 * @param rate the encoder's work, and the machine's rate; empty for other stages
 */
public record SpeedCase(
    Stage stage,
    double seconds,
    int batch,
    Precision precision,
    Timings timings,
    Optional<EncoderRate> rate) {

  private static final double MILLISECONDS_PER_SECOND = 1000;

  /** Returns the shortest time, in milliseconds for each clip. */
  public double milliseconds() {
    return timings.best();
  }

  /** Returns the time that is spent for each second of sound; below 1, it keeps up with it. */
  public double realTimeFactor() {
    return milliseconds() / (MILLISECONDS_PER_SECOND * seconds);
  }

  /** Returns thousands of millions of operations per second; empty for all but the encoder. */
  public OptionalDouble gigaflops() {
    return rate.stream()
        .mapToDouble(work -> work.gigaflopsPerClip() * MILLISECONDS_PER_SECOND / milliseconds())
        .findFirst();
  }

  /**
   * Returns which part it reaches of what products of matrices reach in as long; empty for all but
   * the encoder. Integers may pass 1.
   */
  public OptionalDouble shareOfMatrixRate() {
    return rate.stream()
        .mapToDouble(work -> gigaflops().orElseThrow() / work.matrixGigaflops())
        .findFirst();
  }
}
