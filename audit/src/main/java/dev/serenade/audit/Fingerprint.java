package dev.serenade.audit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What a recording sounds like, in {@value #BITS} bits for every 16 ms, so that copies are found
 * whatever their level, codec, start and end.
 *
 * <p>With E(t, m) the energy of frame t (see {@link Spectra}) in band m of {@value #BANDS} from 300
 * to 2000 Hz:
 *
 * <pre>{@code bit(t, m) = E(t, m) - E(t, m+1) > E(t-1, m) - E(t-1, m+1)}</pre>
 *
 * <p>Frames more than 30 dB below the strongest are passive: they take no part, as silence is alike
 * everywhere.
 *
 * <p>Haitsma and Kalker, "A highly robust audio fingerprinting system", ISMIR 2002; there a frame
 * is 370 ms and comes every 11.6 ms. Shorter frames fit clips of a second.
 *
 * <p>Measured on 50 clips of EMO-DB and RAVDESS: a copy differs in 1 % of its bits if re-levelled,
 * shifted or telephoned, 6 % (at most 14 %) after MP3 of the lowest quality. Among all pairs of
 * 1,843 clips of three corpora that share a word of bits, 16 active frames or more and no
 * recording, the least is 25 %.
 */
final class Fingerprint {

  static final int BITS = 32;
  private static final int BANDS = BITS + 1;
  private static final List<Integer> EDGES = Spectra.bandEdges(BANDS, 300, 2000);
  private static final double PASSIVE = 1e-3;

  private final int[] words;
  private final BitSet active;

  private Fingerprint(int[] words, BitSet active) {
    this.words = words;
    this.active = active;
  }

  /**
   * Returns the fingerprint of frames, in order.
   *
   * @param energies E, shape (frames, {@value #BANDS})
   */
  static Fingerprint of(List<float[]> energies) {
    int[] words = new int[Math.max(0, energies.size() - 1)];
    double[] totals = new double[words.length];
    for (int t = 0; t < words.length; t++) {
      float[] before = energies.get(t);
      float[] now = energies.get(t + 1);
      for (int m = 0; m < BITS; m++) {
        if (now[m] - now[m + 1] > before[m] - before[m + 1]) {
          words[t] |= 1 << m;
        }
      }
      for (float energy : now) {
        totals[t] += energy;
      }
    }
    double strongest = Arrays.stream(totals).max().orElse(0);
    BitSet active = new BitSet(words.length);
    for (int t = 0; t < words.length; t++) {
      active.set(t, totals[t] > PASSIVE * strongest);
    }
    return new Fingerprint(words, active);
  }

  /** Returns the energy of each band of a power spectrum. */
  static float[] bands(double[] power) {
    float[] energies = new float[BANDS];
    for (int m = 0; m < BANDS; m++) {
      double sum = 0;
      for (int k = EDGES.get(m); k < EDGES.get(m + 1); k++) {
        sum += power[k];
      }
      energies[m] = (float) sum;
    }
    return energies;
  }

  int length() {
    return words.length;
  }

  boolean isActive(int t) {
    return active.get(t);
  }

  int word(int t) {
    return words[t];
  }

  /**
   * How much of two fingerprints differs.
   *
   * @param frames that are active in both
   * @param bitErrorRate of these frames, in [0, 1]; 1 if there are none
   */
  record Distance(int frames, double bitErrorRate) {}

  /** Compares with another whose frame t + offset is laid under this one's frame t. */
  Distance distance(Fingerprint other, int offset) {
    int frames = 0;
    int errors = 0;
    int end = Math.min(words.length, other.words.length - offset);
    for (int t = Math.max(0, -offset); t < end; t++) {
      if (active.get(t) && other.active.get(t + offset)) {
        frames++;
        errors += Integer.bitCount(words[t] ^ other.words[t + offset]);
      }
    }
    return new Distance(frames, frames == 0 ? 1 : (double) errors / (BITS * frames));
  }
}
