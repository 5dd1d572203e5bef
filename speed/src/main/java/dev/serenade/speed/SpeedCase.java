package dev.serenade.speed;

import dev.serenade.whisper.Precision;
import java.util.OptionalDouble;

/**
 * How long one stage took on clips of one length.
 *
 * @param stage which part of the work
 * @param seconds how long a clip lasts
 * @param batch how many clips are done together
 * @param precision in which the encoder computes
 * @param timings for each clip, in each round
 * @param gigaflopsPerClip the encoder's work on a clip, in thousands of millions of floating-point
 *     operations; empty for other stages
 */
public record SpeedCase(
    Stage stage,
    double seconds,
    int batch,
    Precision precision,
    Timings timings,
    OptionalDouble gigaflopsPerClip) {

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
    return gigaflopsPerClip.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            gigaflopsPerClip.getAsDouble() * MILLISECONDS_PER_SECOND / milliseconds());
  }
}
