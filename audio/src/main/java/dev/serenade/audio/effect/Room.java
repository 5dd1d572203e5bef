package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording in a small room, at the distance where what comes straight from the speaker and
 * what the walls throw back are equally strong.
 *
 * <p>Convolved with a made-up impulse response: 1 at time 0, then velvet noise, that is one pulse
 * of sign +1 or -1 at a random place in each piece of 1 / 2,000 s, that dies away:
 *
 * <pre>{@code
 * h(t) = delta(t) + g sum_m s_m 10^(-3 t_m / T60) delta(t - t_m)    from 2 ms to T60
 * }</pre>
 *
 * <p>with g such that both parts have the same energy. The recording keeps its energy and its
 * length: the echo of its end is cut. Another room is drawn for every recording.
 *
 * <p>Exponentially decaying noise: Moorer, "About this reverberation business", Computer Music
 * Journal 3(2), 1979. Velvet noise, as dense to the ear as white: Karjalainen and Järveläinen,
 * "Reverberation modeling using velvet noise", AES 30th conference, 2007.
 *
 * @param reverberationSeconds T60, in which the echo falls by 60 dB; from 0.1 to 1.5
 */
public record Room(double reverberationSeconds) implements Effect {

  static final String NAME = "room";

  /** That of a furnished office or living room. */
  static final double USUAL_SECONDS = 0.4;

  private static final int FIRST_ECHO = Waveform.SAMPLE_RATE_HZ / 500;
  private static final int PULSE_SPACING = Waveform.SAMPLE_RATE_HZ / 2000;

  /** Checks the range. */
  public Room {
    EffectText.requireIn(0.1, 1.5, "seconds", NAME, reverberationSeconds);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    float[] dry = sound.toArray();
    float[] echoes = response(random);
    float[] wet = dry.clone();
    for (int delay = 0; delay < Math.min(echoes.length, wet.length); delay++) {
      float strength = echoes[delay];
      if (strength != 0) {
        for (int i = delay; i < wet.length; i++) {
          wet[i] += strength * dry[i - delay];
        }
      }
    }
    double energy = Level.energy(wet);
    return energy == 0
        ? sound
        : Level.scaled(Waveform.of(wet), Math.sqrt(Level.energy(dry) / energy));
  }

  /** Returns what the walls throw back of an impulse at time 0; its energy is 1. */
  private float[] response(Random random) {
    int length = (int) Math.round(reverberationSeconds * Waveform.SAMPLE_RATE_HZ);
    float[] response = new float[length];
    for (int start = FIRST_ECHO; start + PULSE_SPACING <= length; start += PULSE_SPACING) {
      int place = start + random.nextInt(PULSE_SPACING);
      double strength = Math.pow(10, -3.0 * place / length);
      response[place] = (float) (random.nextBoolean() ? strength : -strength);
    }
    double scale = 1 / Math.sqrt(Level.energy(response));
    for (int i = 0; i < length; i++) {
      response[i] = (float) (response[i] * scale);
    }
    return response;
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, reverberationSeconds);
  }
}
