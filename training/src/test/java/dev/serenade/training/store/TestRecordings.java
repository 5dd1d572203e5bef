package dev.serenade.training.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** WAV files of 16 kHz and 16 bits. */
public final class TestRecordings {

  private static final int SAMPLE_RATE_HZ = 16_000;

  private TestRecordings() {}

  /** Writes noise of one channel. */
  public static Path noise(Path file, double seconds, long seed) throws IOException {
    return noise(file, 1, seconds, seed);
  }

  /** Writes noise, another in each channel. */
  static Path noise(Path file, int channels, double seconds, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer samples =
        ByteBuffer.allocate(bytes(channels, seconds)).order(ByteOrder.LITTLE_ENDIAN);
    while (samples.hasRemaining()) {
      samples.putShort((short) random.nextInt(-8000, 8000));
    }
    return write(file, channels, samples.array());
  }

  /** Writes a tone in a little noise. */
  public static Path tone(Path file, double frequencyHz, double seconds, long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer samples = ByteBuffer.allocate(bytes(1, seconds)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; samples.hasRemaining(); i++) {
      double tone = 8000 * Math.sin(2 * Math.PI * frequencyHz * i / SAMPLE_RATE_HZ);
      samples.putShort((short) (tone + random.nextInt(-500, 500)));
    }
    return write(file, 1, samples.array());
  }

  /** Writes digital silence. */
  static Path silence(Path file, double seconds) throws IOException {
    return write(file, 1, new byte[bytes(1, seconds)]);
  }

  /** Writes what a speech detector takes for speech: a buzzing voice with syllables. */
  static Path voice(Path file, double pitchHz, double seconds) throws IOException {
    SplittableRandom random = new SplittableRandom(0);
    ByteBuffer samples = ByteBuffer.allocate(bytes(1, seconds)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; samples.hasRemaining(); i++) {
      double time = (double) i / SAMPLE_RATE_HZ;
      double voice = 0;
      for (int harmonic = 1; harmonic <= 8; harmonic++) {
        voice += Math.sin(2 * Math.PI * harmonic * pitchHz * time) / harmonic;
      }
      double syllable = Math.max(0.05, Math.sin(2 * Math.PI * 4 * time));
      samples.putShort((short) (4000 * syllable * voice + random.nextInt(-60, 60)));
    }
    return write(file, 1, samples.array());
  }

  private static int bytes(int channels, double seconds) {
    return Short.BYTES * channels * (int) Math.round(seconds * SAMPLE_RATE_HZ);
  }

  private static Path write(Path file, int channels, byte[] samples) throws IOException {
    AudioFormat format = new AudioFormat(SAMPLE_RATE_HZ, Short.SIZE, channels, true, false);
    try (AudioInputStream stream =
        new AudioInputStream(
            new ByteArrayInputStream(samples), format, samples.length / format.getFrameSize())) {
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
    }
    return file;
  }
}
