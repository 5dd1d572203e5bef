package dev.serenade.audio.speech;

import dev.serenade.audio.Waveform;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Tells where somebody speaks, while the sound comes in, for each 10 ms.
 *
 * <p>In five bands from 100 Hz to 4 kHz, the band of the telephone and a bit, by how much the power
 * P of a frame stands out of the {@linkplain NoiseFloor noise} N:
 *
 * <pre>{@code
 * e_t = mean_b clamp(10 log10 (P_tb / N_tb), 0, 10)     in decibels
 * s_t = s_(t-1) + 0.3 (e_t - s_(t-1))
 * speech from s_t > 0.5 dB on, until 0.3 s after s_t < 0.45 dB
 * }</pre>
 *
 * <p>Made to miss little, since what is missed is lost, and what is wrongly taken for speech is
 * only heard in vain: steady noise is told from speech, but other voices, music and knocks are not,
 * and a noise that sets in is taken for speech until it has lasted for six seconds.
 *
 * <p>What it says of a frame depends on the sound up to the frame's end only, not on how that was
 * cut into pieces, and is the same on every machine. Remembers the last ten minutes, and takes the
 * same memory however long it listens. For one thread.
 */
public final class SpeechDetector {

  /** How long a frame is: 10 ms. */
  public static final int FRAME_SAMPLES = Waveform.SAMPLE_RATE_HZ / 100;

  /** For how long what was found can be asked for. */
  public static final int REMEMBERED_SECONDS = 600;

  private static final int REMEMBERED_FRAMES =
      REMEMBERED_SECONDS * Waveform.SAMPLE_RATE_HZ / FRAME_SAMPLES;

  private static final double[] BAND_EDGES_HZ = {100, 300, 700, 1500, 2500, 4000};
  private static final int BANDS = BAND_EDGES_HZ.length - 1;
  private static final double MOST_DECIBELS = 10;
  private static final double SMOOTHING = 0.3;
  private static final double ON_DECIBELS = 0.5;
  private static final double OFF_DECIBELS = 0.45;
  private static final int HANGOVER_FRAMES = 30;

  private final BandPass[] bands = new BandPass[BANDS];
  private final NoiseFloor[] floors = new NoiseFloor[BANDS];
  private final double[] energies = new double[BANDS];
  private final BitSet speech = new BitSet(REMEMBERED_FRAMES);
  private int samplesOfFrame;
  private long frames;
  private double standsOut;
  private boolean on;
  private int hangover;

  private SpeechDetector() {
    for (int b = 0; b < BANDS; b++) {
      bands[b] = new BandPass(BAND_EDGES_HZ[b], BAND_EDGES_HZ[b + 1]);
      floors[b] = new NoiseFloor();
    }
  }

  /** Returns a detector that has heard nothing yet. */
  public static SpeechDetector create() {
    return new SpeechDetector();
  }

  /** Listens to what comes next; any length, also none. */
  public void accept(Waveform sound) {
    for (int i = 0; i < sound.length(); i++) {
      double sample = sound.get(i);
      for (int b = 0; b < BANDS; b++) {
        double value = bands[b].apply(sample);
        energies[b] += value * value;
      }
      samplesOfFrame++;
      if (samplesOfFrame == FRAME_SAMPLES) {
        decide();
        samplesOfFrame = 0;
      }
    }
  }

  /** Returns up to which sample it is known where speech is; a multiple of the frame. */
  public long decidedSamples() {
    return frames * FRAME_SAMPLES;
  }

  /**
   * Tells whether there is speech between two samples, in whole frames, so far as they were heard.
   *
   * @throws IllegalArgumentException if the start is no longer remembered
   */
  public boolean hasSpeech(long fromSample, long toSample) {
    return !spans(fromSample, toSample).isEmpty();
  }

  /**
   * Returns how much speech there is between two samples, in seconds, in whole frames, so far as
   * they were heard.
   *
   * @throws IllegalArgumentException if the start is no longer remembered
   */
  public double speechSeconds(long fromSample, long toSample) {
    return spans(fromSample, toSample).stream()
            .mapToLong(span -> span.endSample() - span.startSample())
            .sum()
        / (double) Waveform.SAMPLE_RATE_HZ;
  }

  /**
   * Returns the stretches of speech between two samples, in whole frames, so far as they were
   * heard, in the order of time.
   *
   * @throws IllegalArgumentException if the start is no longer remembered
   */
  public List<SpeechSpan> spans(long fromSample, long toSample) {
    long remembered = Math.max(0, frames - REMEMBERED_FRAMES) * FRAME_SAMPLES;
    if (fromSample < remembered) {
      throw new IllegalArgumentException(
          "expected a start from sample %d on, found %d".formatted(remembered, fromSample));
    }
    long first = (fromSample + FRAME_SAMPLES - 1) / FRAME_SAMPLES;
    long last = Math.min(frames, toSample / FRAME_SAMPLES);
    List<SpeechSpan> spans = new ArrayList<>();
    long start = -1;
    for (long frame = first; frame <= last; frame++) {
      boolean spoken = frame < last && speech.get((int) (frame % REMEMBERED_FRAMES));
      if (spoken && start < 0) {
        start = frame;
      } else if (!spoken && start >= 0) {
        spans.add(new SpeechSpan(start * FRAME_SAMPLES, frame * FRAME_SAMPLES));
        start = -1;
      }
    }
    return spans;
  }

  private void decide() {
    double sum = 0;
    for (int b = 0; b < BANDS; b++) {
      double power = energies[b] / FRAME_SAMPLES;
      double noise = floors[b].accept(power);
      energies[b] = 0;
      bands[b].settle();
      if (power > noise) {
        sum += Math.min(MOST_DECIBELS, 10 * StrictMath.log10(power / noise));
      }
    }
    standsOut += SMOOTHING * (sum / BANDS - standsOut);
    on = standsOut > ON_DECIBELS || (on && standsOut >= OFF_DECIBELS);
    hangover = on ? HANGOVER_FRAMES : Math.max(0, hangover - 1);
    speech.set((int) (frames % REMEMBERED_FRAMES), hangover > 0);
    frames++;
  }
}
