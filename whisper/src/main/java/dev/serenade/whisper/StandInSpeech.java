package dev.serenade.whisper;

/**
 * The log-Mel spectrogram of something like speech: three formants that glide at different speeds,
 * in syllables with pauses between.
 *
 * <pre>{@code
 * m_b   = 45.25 (b + 1) / (bands + 1)                     the band's place on the Mel scale
 * F_1   = 7.5 + 3.75 sin(2 pi 1.3 t)                      formants on the same scale, t in seconds:
 * F_2   = 21 + 5 sin(2 pi 0.9 t + 1)                      500, 1500 and 2600 Hz
 * F_3   = 29 + 1.4 sin(2 pi 0.6 t + 2)
 * e     = sqrt(max(0, sin(4 pi t)))                       two syllables a second
 * s_b,t = max(0.3, max_k(G_k - ((m_b - F_k) / 16)^2)) - 0.7 (1 - e),   G = 0.95, 0.85, 0.75
 * }</pre>
 *
 * <p>clamped to [0, 1], the range between a clip's floor and its loudest moment. It stands in for
 * the clips that an encoder will hear, where only what they have in common counts; a real clip in
 * its place does no better, noise does worse.
 */
final class StandInSpeech {

  private static final double FRAME_SECONDS = 0.01;

  /** 8 kHz on Slaney's scale, the upper edge of the last band. */
  private static final double HIGHEST_MEL = 45.25;

  /** From the floor of a clip to its loudest moment: 8 decades, divided by 4. */
  private static final double RANGE = 2;

  private static final double[] GAINS = {0.95, 0.85, 0.75};

  private StandInSpeech() {}

  /**
   * Returns how much the spectrogram is above the floor.
   *
   * @param frame of 10 ms
   */
  static float aboveFloor(int band, int bands, int frame) {
    double seconds = frame * FRAME_SECONDS;
    double turns = 2 * Math.PI * seconds;
    double[] formants = {
      7.5 + 3.75 * Math.sin(1.3 * turns),
      21 + 5 * Math.sin(0.9 * turns + 1),
      29 + 1.4 * Math.sin(0.6 * turns + 2)
    };
    double mel = HIGHEST_MEL * (band + 1) / (bands + 1);
    double voiced = 0.3;
    for (int k = 0; k < formants.length; k++) {
      voiced = Math.max(voiced, GAINS[k] - Math.pow((mel - formants[k]) / 16, 2));
    }
    double syllable = Math.sqrt(Math.max(0, Math.sin(2 * turns)));
    double share = voiced - 0.7 * (1 - syllable);
    return (float) (RANGE * Math.min(1, Math.max(0, share)));
  }
}
