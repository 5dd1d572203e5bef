package dev.serenade.audio;

/**
 * How long and how large a recording may be. Both are checked before memory is spent.
 *
 * @param maximumSeconds longest sound to decode, in seconds, positive
 * @param maximumBytes largest file or byte array to read, positive
 */
public record DecodeLimits(double maximumSeconds, long maximumBytes) {

  /** Four hours, which is 920 MB of samples, and 4 GiB. */
  public static final DecodeLimits DEFAULT = new DecodeLimits(4 * 3600, 4L << 30);

  /** The longest sound whose samples fit one Java array, in seconds: 37 hours. */
  private static final double LONGEST_SECONDS =
      (double) (Integer.MAX_VALUE - 64) / Waveform.SAMPLE_RATE_HZ;

  /** Checks that both limits are positive and that the samples fit one array. */
  public DecodeLimits {
    if (!(maximumSeconds > 0 && maximumSeconds <= LONGEST_SECONDS)) {
      throw new IllegalArgumentException(
          "maximumSeconds must be in (0, %.0f], found %s"
              .formatted(LONGEST_SECONDS, maximumSeconds));
    }
    if (maximumBytes <= 0) {
      throw new IllegalArgumentException("maximumBytes must be positive, found " + maximumBytes);
    }
  }

  /** Returns the most samples of a {@link Waveform} that these limits allow. */
  int maximumSamples() {
    return (int) Math.round(maximumSeconds * Waveform.SAMPLE_RATE_HZ);
  }
}
