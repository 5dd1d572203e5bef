package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.AudioFormatException.Reason;
import dev.serenade.audio.WavBytes.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavDecodingTest {

  private static final AudioDecoder DECODER = AudioDecoder.create();

  @Test
  void all16BitSamplesComeBackExactly() throws IOException {
    double[] samples = new double[1 << 16];
    float[] expected = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (i - 32768) / 32768.0;
      expected[i] = (i - 32768) / 32768f;
    }
    assertThat(DECODER.decode(WavBytes.mono(16_000, samples), "all.wav").toArray())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void everyEncodingComesBackExactly(Encoding encoding) throws IOException {
    // Multiples of 1/128 that all encodings hold.
    double[] samples = new double[1000];
    float[] expected = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (i * 37 % 256 - 128) / 128.0;
      expected[i] = (float) samples[i];
    }
    byte[] wav = WavBytes.of(16_000, 1, encoding, samples);
    assertThat(DECODER.decode(wav, encoding + ".wav").toArray()).isEqualTo(expected);
  }

  @Test
  void samplesOf24BitsAndFloatsKeepTheirPrecision() throws IOException {
    double sample = 0x123457 / (double) (1 << 23);
    float[] expected = {(float) sample};
    assertThat(DECODER.decode(WavBytes.of(16_000, 1, Encoding.SIGNED_24, sample), "a").toArray())
        .isEqualTo(expected);
    assertThat(DECODER.decode(WavBytes.of(16_000, 1, Encoding.FLOAT_32, sample), "b").toArray())
        .isEqualTo(expected);
  }

  @Test
  void floatsBeyondFullScaleAreNotClipped() throws IOException {
    byte[] wav = WavBytes.of(16_000, 1, Encoding.FLOAT_32, 1.5, -3);
    assertThat(DECODER.decode(wav, "loud.wav").toArray()).containsExactly(1.5f, -3);
  }

  @Test
  void stereoIsTheExactMeanOfItsChannels() throws IOException {
    Random random = new Random(1);
    double[] samples = new double[2000];
    float[] expected = new float[samples.length / 2];
    for (int i = 0; i < samples.length; i += 2) {
      int left = random.nextInt(-32768, 32768);
      int right = random.nextInt(-32768, 32768);
      samples[i] = left / 32768.0;
      samples[i + 1] = right / 32768.0;
      expected[i / 2] = (left + right) / 65536f;
    }
    byte[] wav = WavBytes.of(16_000, 2, Encoding.SIGNED_16, samples);
    assertThat(DECODER.decode(wav, "stereo.wav").toArray()).isEqualTo(expected);
  }

  @Test
  void oneChannelIsPickedExactly() throws IOException {
    byte[] wav = WavBytes.of(16_000, 3, Encoding.SIGNED_16, 0.5, 0.25, -0.5, 0.125, 0, 0.75);
    assertThat(DECODER.withChannel(1).decode(wav, "a").toArray()).containsExactly(0.5f, 0.125f);
    assertThat(DECODER.withChannel(2).decode(wav, "a").toArray()).containsExactly(0.25f, 0);
    assertThat(DECODER.withChannel(3).decode(wav, "a").toArray()).containsExactly(-0.5f, 0.75f);
    assertThat(DECODER.withChannel(3).withAllChannels().decode(wav, "a").get(0))
        .isCloseTo(0.25f / 3, within(1e-7f));
  }

  @Test
  void manyChannelsAreAveraged() throws IOException {
    double[] samples = new double[16 * 100];
    Arrays.fill(samples, 0.5);
    Waveform waveform =
        DECODER.decode(WavBytes.of(16_000, 16, Encoding.SIGNED_16, samples), "16.wav");
    assertThat(waveform.length()).isEqualTo(100);
    assertThat(waveform.get(50)).isEqualTo(0.5f);
  }

  @Test
  void missingChannelIsNamed() {
    byte[] wav = WavBytes.mono(16_000, 0.5, 0.25);
    assertThat(
            catchThrowableOfType(
                AudioFormatException.class, () -> DECODER.withChannel(2).decode(wav, "mono.wav")))
        .hasMessage("mono.wav: channel 2 expected, but it has 1")
        .extracting(AudioFormatException::reason)
        .isEqualTo(Reason.NO_SUCH_CHANNEL);
    assertThatIllegalArgumentException().isThrownBy(() -> DECODER.withChannel(0));
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoding.class,
      names = {"FLOAT_32", "FLOAT_64"})
  void nonFiniteSamplesAreRefused(Encoding encoding) {
    double[] samples = new double[16_000];
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e25}) {
      samples[12_345] = bad;
      for (int rateHz : new int[] {16_000, 44_100}) {
        byte[] wav = WavBytes.of(rateHz, 1, encoding, samples);
        assertThat(Recordings.reasonToRefuse(wav, "bad.wav")).isEqualTo(Reason.NON_FINITE);
      }
    }
  }

  @Test
  void fileAndItsBytesAreTheSame(@TempDir Path folder) throws IOException {
    byte[] wav = WavBytes.mono(44_100, WavBytes.tone(440, 0.5, 44_100, 50_000));
    Path file = Files.write(folder.resolve("täst ü.wav"), wav);
    assertThat(DECODER.decode(file)).isEqualTo(DECODER.decode(wav, "tone.wav"));
  }
}
