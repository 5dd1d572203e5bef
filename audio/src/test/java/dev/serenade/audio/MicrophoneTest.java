package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MicrophoneTest {

  @ParameterizedTest
  @CsvSource({"16000, 1", "48000, 1", "44100, 2", "48000, 2"})
  void whatTheLineGivesIsHeardAt16KilohertzMono(int rateHz, int channels) throws IOException {
    double[] samples = new Random(rateHz).doubles(2L * rateHz * channels, -0.9, 0.9).toArray();
    byte[] wav = WavBytes.of(rateHz, channels, WavBytes.Encoding.SIGNED_16, samples);
    byte[] raw = Arrays.copyOfRange(wav, WavBytes.HEADER_BYTES, wav.length);
    try (Microphone microphone = open(new ByteArrayInputStream(raw), rateHz, channels)) {
      assertThat(Recordings.readAll(microphone, 1600))
          .isEqualTo(AudioDecoder.create().decode(wav, "a.wav"));
      assertThat(microphone.lostSeconds()).isZero();
      assertThat(microphone.name()).isEqualTo("test");
    }
  }

  @Test
  void soundIsThereAsSoonAsItIsRecorded() throws IOException {
    try (PipedOutputStream line = new PipedOutputStream();
        Microphone microphone = open(new PipedInputStream(line, 1 << 16), 16_000, 1)) {
      // A fiftieth of a second, which is what is taken from a device at once.
      line.write(new byte[640]);
      line.flush();
      assertThat(microphone.read(320)).map(Waveform::length).contains(320);
    }
  }

  @Test
  void closingEndsTheSoundForWhoReads() throws Exception {
    PipedOutputStream line = new PipedOutputStream();
    Microphone microphone = open(new PipedInputStream(line, 1 << 16), 16_000, 1);
    Thread closing =
        new Thread(
            () -> {
              try {
                Thread.sleep(100);
                microphone.close();
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    closing.start();
    try {
      assertThat(microphone.read(16_000)).isEmpty();
    } catch (MicrophoneException | IllegalStateException e) {
      // Closed before it was read, or in the words of a pipe whose reader has gone.
      assertThat(e).hasMessageMatching(".*closed.*");
    }
    closing.join();
    assertThatIllegalStateException().isThrownBy(() -> microphone.read(1));
  }

  @Test
  void failureOfTheDeviceIsTold() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("unplugged");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("unplugged");
          }
        };
    try (Microphone microphone = open(broken, 16_000, 1)) {
      assertThatExceptionOfType(MicrophoneException.class)
          .isThrownBy(() -> microphone.read(1))
          .withMessageStartingWith("microphone 'test' failed: ")
          .withMessageContaining("unplugged");
    }
  }

  @Test
  void machineWithoutMicrophoneSaysSo() {
    assumeTrue(Microphone.devices().isEmpty(), "there is a microphone here");
    assertThatExceptionOfType(MicrophoneException.class)
        .isThrownBy(Microphone::open)
        .withMessage("a microphone expected, found no device that can record");
    assertThatExceptionOfType(MicrophoneException.class)
        .isThrownBy(() -> Microphone.open("desk"))
        .withMessage("a microphone named 'desk' expected, found no device that can record");
  }

  private static Microphone open(InputStream in, int rateHz, int channels) {
    AudioFormat format = new AudioFormat(rateHz, 16, channels, true, false);
    return Microphone.of(new AudioInputStream(in, format, AudioSystem.NOT_SPECIFIED), "test");
  }
}
