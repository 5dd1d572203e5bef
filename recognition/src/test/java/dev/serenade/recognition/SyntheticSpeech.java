package dev.serenade.recognition;

import dev.serenade.audio.Waveform;
import java.util.SplittableRandom;

/** Sound that speech detectors take for speech: a buzzing voice, four syllables a second. */
public final class SyntheticSpeech {

  private static final double SYLLABLES_A_SECOND = 4;
  private static final int HARMONICS = 20;

  private SyntheticSpeech() {}

  /** Returns a voice of a pitch and loudness that the seed decides, with a little noise. */
  public static Waveform of(double seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double pitch = random.nextDouble(90, 250);
    double level = random.nextDouble(0.1, 0.3);
    float[] samples = new float[(int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      double time = (double) i / Waveform.SAMPLE_RATE_HZ;
      double voice = 0;
      for (int n = 1; n <= HARMONICS; n++) {
        voice += Math.sin(2 * Math.PI * n * pitch * time) / n;
      }
      double syllable = Math.max(0.05, Math.sin(2 * Math.PI * SYLLABLES_A_SECOND * time));
      samples[i] = (float) (level * syllable * voice + random.nextDouble(-0.003, 0.003));
    }
    return Waveform.of(samples);
  }

  /** Returns digital silence. */
  public static Waveform silence(double seconds) {
    return Waveform.of(new float[(int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ)]);
  }

  /** Returns one after another. */
  public static Waveform join(Waveform... parts) {
    int length = 0;
    for (Waveform part : parts) {
      length += part.length();
    }
    float[] samples = new float[length];
    int position = 0;
    for (Waveform part : parts) {
      System.arraycopy(part.toArray(), 0, samples, position, part.length());
      position += part.length();
    }
    return Waveform.of(samples);
  }
}
