package dev.serenade.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.serenade.audio.Waveform;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FundamentalFrequencyTest {

  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;

  /** Harmonics that fall by 6 dB an octave, from the lowest asked for on. */
  private static float[] voice(double pitchHz, int lowestHarmonic, double seconds) {
    float[] samples = new float[(int) (seconds * RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      for (int k = lowestHarmonic; k * pitchHz < 4000; k++) {
        samples[i] += (float) (0.1 / k * Math.sin(2 * Math.PI * k * pitchHz * i / RATE_HZ));
      }
    }
    return samples;
  }

  @ParameterizedTest
  @ValueSource(doubles = {60, 85.5, 120, 145, 190, 233.1, 350, 500})
  void voicesAreAsHighAsTheyAre(double pitchHz) {
    assertThat(FundamentalFrequency.mean(Waveform.of(voice(pitchHz, 1, 0.5))).orElseThrow())
        .isCloseTo(pitchHz, withinPercentage(0.5));
  }

  @Test
  void aTelephoneTakesTheFundamentalButNotThePitch() {
    assertThat(FundamentalFrequency.mean(Waveform.of(voice(110, 3, 0.5))).orElseThrow())
        .isCloseTo(110, withinPercentage(0.5));
  }

  @Test
  void pausesAndSoftNoiseDoNotCount() {
    float[] samples = new float[2 * RATE_HZ];
    System.arraycopy(voice(200, 1, 0.7), 0, samples, RATE_HZ / 2, 7 * RATE_HZ / 10);
    Random random = new Random(1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (float) (1e-4 * random.nextGaussian());
    }
    assertThat(FundamentalFrequency.mean(Waveform.of(samples)).orElseThrow())
        .isCloseTo(200, withinPercentage(1));
  }

  @Test
  void whatHasNoPitchHasNone() {
    float[] noise = new float[RATE_HZ];
    Random random = new Random(2);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    assertThat(FundamentalFrequency.mean(Waveform.of(noise))).isEmpty();
    assertThat(FundamentalFrequency.mean(Waveform.of(new float[RATE_HZ]))).isEmpty();
    assertThat(FundamentalFrequency.mean(Waveform.of(0.1f))).isEmpty();
  }
}
