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

  /** Returns a WAV file that speech detectors take for speech: a buzzing voice with syllables. */
  public static byte[] speech(double seconds, long seed) {
    return wav(speechSamples(seconds, seed));
  }

  /** Returns samples of 16 bits, little-endian, as in {@link #speech}. */
  public static byte[] speechSamples(double seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double pitch = random.nextDouble(90, 250);
    byte[] samples = silentSamples(seconds);
    ByteBuffer target = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; target.hasRemaining(); i++) {
      double time = (double) i / SAMPLE_RATE_HZ;
      double voice = 0;
      for (int harmonic = 1; harmonic <= 8; harmonic++) {
        voice += Math.sin(2 * Math.PI * harmonic * pitch * time) / harmonic;
      }
      double syllable = Math.max(0.05, Math.sin(2 * Math.PI * 4 * time));
      target.putShort((short) (4000 * syllable * voice + random.nextInt(-60, 60)));
    }
    return samples;
  }

  /** Returns a WAV file of these samples of 16 bits, little-endian, those of channels in turn. */
  public static byte[] wav(int channels, byte[] samples) {
    AudioFormat format = new AudioFormat(SAMPLE_RATE_HZ, 16, channels, true, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (AudioInputStream stream =
        new AudioInputStream(
            new ByteArrayInputStream(samples), format, samples.length / (Short.BYTES * channels))) {
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /** Writes speech to a file, making its folder if need be. */
  public static Path writeSpeech(Path file, double seconds, long seed) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, speech(seconds, seed));
  }

  /** Returns samples of 16 bits, all 0. */
  public static byte[] silentSamples(double seconds) {
    return new byte[Short.BYTES * (int) Math.round(seconds * SAMPLE_RATE_HZ)];
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

  private static byte[] wav(byte[] samples) {
    return wav(1, samples);
  }

  /** Returns samples one after the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
