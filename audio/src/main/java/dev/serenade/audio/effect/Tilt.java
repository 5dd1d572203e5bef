package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording brighter or duller: its spectrum times a straight line.
 *
 * <pre>{@code
 * |H(f)| = 1 - a + a f / 8000 Hz    a > 0: brighter, 1 takes away all that is lowest
 * |H(f)| = 1 - |a| f / 8000 Hz      a < 0: duller, -1 takes away all that is highest
 * }</pre>
 *
 * <p>Without delay: h = (1 - a) delta + a up, h = (1 - |a|) delta + |a| (delta - up), where up_0 =
 * 1/2, up_n = -2 / (pi n)^2 for odd n and 0 for the other, cut at 511 samples (which leaves less
 * than 0.001 of any frequency wrong). Level and length stay.
 *
 * <p>With 1 and -1 these are the two filters of audEERING's tests of spectral tilt
 * (arXiv:2312.06270), whose published impulse responses follow these lines.
 *
 * @param amount a, from -1 to 1
 */
public record Tilt(double amount) implements Effect {

  static final String NAME = "tilt";

  private static final int REACH = 511;

  /** Checks the range. */
  public Tilt {
    EffectText.requireIn(-1, 1, "an amount", NAME, amount);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    float[] dry = sound.toArray();
    float[] padded = new float[dry.length + 2 * REACH];
    System.arraycopy(dry, 0, padded, REACH, dry.length);
    double[] sums = new double[dry.length];
    for (int i = 0; i < dry.length; i++) {
      sums[i] = (1 - Math.abs(amount) / 2) * dry[i];
    }
    for (int n = 1; n <= REACH; n += 2) {
      double weight = amount * 2 / (Math.PI * Math.PI * n * n);
      for (int i = 0; i < dry.length; i++) {
        sums[i] -= weight * ((double) padded[REACH + i - n] + padded[REACH + i + n]);
      }
    }
    float[] wet = new float[dry.length];
    for (int i = 0; i < dry.length; i++) {
      wet[i] = (float) sums[i];
    }
    return Level.as(Waveform.of(wet), dry);
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, amount);
  }
}
