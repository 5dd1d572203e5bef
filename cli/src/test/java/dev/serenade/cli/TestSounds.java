package dev.serenade.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** WAV files of 16 kHz, mono, 16 bits. */
public final class TestSounds {

  private static final int SAMPLE_RATE_HZ = 16_000;

  private TestSounds() {}

  /** Returns a WAV file of noise. */
  public static byte[] noise(double seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] samples = silentSamples(seconds);
    ByteBuffer target = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
    while (target.hasRemaining()) {
      target.putShort((short) random.nextInt(-8000, 8000));
    }
    return wav(samples);
  }

  /** Returns a WAV file of digital silence. */
  public static byte[] silence(double seconds) {
    return wav(silentSamples(seconds));
  }

  /** Writes noise to a file, making its folder if need be. */
  public static Path writeNoise(Path file, double seconds, long seed) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, noise(seconds, seed));
  }

  private static byte[] silentSamples(double seconds) {
    return new byte[Short.BYTES * (int) Math.round(seconds * SAMPLE_RATE_HZ)];
  }

  private static byte[] wav(byte[] samples) {
    AudioFormat format = new AudioFormat(SAMPLE_RATE_HZ, 16, 1, true, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (AudioInputStream stream =
        new AudioInputStream(
            new ByteArrayInputStream(samples), format, samples.length / Short.BYTES)) {
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
