package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resampler against ideal tones. Files are of 32-bit float, so that only it errs. */
class ResamplingTest {

  private static final int OUTPUT_HZ = Waveform.SAMPLE_RATE_HZ;

  /** The filter mirrors the sound at the ends, so a tone is only right this far inside. */
  private static final int EDGE = OUTPUT_HZ / 20;

  @ParameterizedTest
  @CsvSource({
    "48000, 1000", "44100, 1000", "44100, 100", "48000, 7000", "44100, 7000", "96000, 3000",
    "22050, 1000", "11025, 1000", "8000, 1000", "44056, 1000", "47999, 5000", "192000, 440"
  })
  void toneComesBackWithin80DecibelsOfTheIdeal(int rateHz, double frequencyHz) throws IOException {
    double[] error = resampledTone(rateHz, frequencyHz);
    for (int i = 0; i < error.length; i++) {
      error[i] -= 0.5 * Math.sin(2 * Math.PI * frequencyHz * i / OUTPUT_HZ);
    }
    assertThat(decibels(error)).isLessThan(-80);
  }

  @ParameterizedTest
  @CsvSource({
    "48000, 8010", "48000, 8200", "48000, 9000", "48000, 12000", "48000, 15000", "48000, 20000",
    "44100, 8010", "44100, 8200", "44100, 9000", "44100, 12000", "44100, 15000", "44100, 20000",
    "22050, 8200", "22050, 10000", "44056, 8200", "44056, 15000", "96000, 40000", "32000, 12000"
  })
  void toneAbove8KilohertzDoesNotAlias(int rateHz, double frequencyHz) throws IOException {
    assertThat(decibels(resampledTone(rateHz, frequencyHz))).isLessThan(-80);
  }

  @ParameterizedTest
  @CsvSource({
    "48000, 2", "48000, 300", "48000, 600", "48000, 48001", "44100, 44100", "44100, 12345",
    "22050, 7", "8000, 801", "44056, 44055", "11025, 100000", "192000, 7", "16000, 1"
  })
  void lengthIsTheDurationAt16Kilohertz(int rateHz, int length) throws IOException {
    Waveform waveform =
        AudioDecoder.create()
            .decode(WavBytes.mono(rateHz, WavBytes.tone(100, 0.5, rateHz, length)), "tone.wav");
    int expected = (int) Math.round((double) length * OUTPUT_HZ / rateHz);
    assertThat(waveform.length()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 22050, 44100, 44056, 48000})
  void impulseStaysAtItsTime(int rateHz) throws IOException {
    double[] samples = new double[rateHz];
    int middle = rateHz / 2;
    samples[middle] = 0.5;
    float[] out = decode(rateHz, samples).toArray();
    int peak = 0;
    for (int i = 0; i < out.length; i++) {
      peak = out[i] > out[peak] ? i : peak;
    }
    assertThat(peak).isEqualTo((int) Math.round((double) middle * OUTPUT_HZ / rateHz));
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 44100, 48000})
  void constantSoundStaysConstantUpToBothEnds(int rateHz) throws IOException {
    double[] samples = new double[rateHz / 3];
    Arrays.fill(samples, 0.25);
    float[] out = decode(rateHz, samples).toArray();
    for (float sample : out) {
      assertThat(sample).isCloseTo(0.25f, within(1e-4f));
    }
  }

  @Test
  void energyNearTheTopOfTheBandIsKept() throws IOException {
    double amplitude = 0.5;
    double toneDecibels = 20 * Math.log10(amplitude / Math.sqrt(2));
    assertThat(decibels(resampledTone(48_000, 7_500))).isCloseTo(toneDecibels, within(0.1));
  }

  private static double[] resampledTone(int rateHz, double frequencyHz) throws IOException {
    float[] out = decode(rateHz, WavBytes.tone(frequencyHz, 0.5, rateHz, rateHz)).toArray();
    double[] samples = new double[out.length];
    for (int i = 0; i < out.length; i++) {
      samples[i] = out[i];
    }
    return samples;
  }

  private static Waveform decode(int rateHz, double... samples) throws IOException {
    byte[] wav = WavBytes.of(rateHz, 1, WavBytes.Encoding.FLOAT_32, samples);
    return AudioDecoder.create().decode(wav, rateHz + ".wav");
  }

  /** Root mean square away from the edges, in decibels of full scale. */
  private static double decibels(double[] samples) {
    double sum = 0;
    for (int i = EDGE; i < samples.length - EDGE; i++) {
      sum += samples[i] * samples[i];
    }
    return 10 * Math.log10(sum / (samples.length - 2 * EDGE) + 1e-20);
  }
}
