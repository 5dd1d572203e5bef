package dev.serenade.whisper.mel;

/**
 * Triangular filters, equally spaced on the Mel scale, each divided by its width so that all pass
 * equal energy.
 *
 * <p>The scale and the normalisation are those of Slaney's Auditory Toolbox (Technical Report
 * 1998-010), which Whisper takes from librosa: linear below 1 kHz, 200/3 Hz a Mel, and logarithmic
 * above, 27 Mel for a factor of 6.4.
 *
 * @param melBands how many filters there are; 80 or 128
 */
record MelFilterBank(int melBands) {

  private static final double HERTZ_PER_MEL = 200.0 / 3;
  private static final double BREAK_HERTZ = 1000;
  private static final double BREAK_MEL = BREAK_HERTZ / HERTZ_PER_MEL;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  /** Returns the gain of a band at a frequency; from 0 up. */
  double gain(int band, double frequencyHz) {
    double lower = edgeHz(band);
    double centre = edgeHz(band + 1);
    double upper = edgeHz(band + 2);
    double rising = (frequencyHz - lower) / (centre - lower);
    double falling = (upper - frequencyHz) / (upper - centre);
    return Math.max(0, Math.min(rising, falling)) * 2 / (upper - lower);
  }

  /** Edges run from 0 Hz, number 0, to 8 kHz, the last. */
  private double edgeHz(int number) {
    double highest = mel(LogMelGraph.HIGHEST_HZ);
    return hertz(highest * number / (melBands + 1));
  }

  static double mel(double hertz) {
    return hertz < BREAK_HERTZ
        ? hertz / HERTZ_PER_MEL
        : BREAK_MEL + Math.log(hertz / BREAK_HERTZ) / LOG_STEP;
  }

  static double hertz(double mel) {
    return mel < BREAK_MEL
        ? mel * HERTZ_PER_MEL
        : BREAK_HERTZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
  }
}
