package dev.serenade.e2e;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Recordings that the tests send. */
final class Sounds {

  private Sounds() {}

  /** Returns a file of the samples that come with Serenade. */
  static Path sample(String name) {
    return Path.of(System.getProperty("serenade.root"), "samples", name);
  }

  /** Returns a sample over and over until it lasts so long, as a WAV. */
  static byte[] wav(String sample, double seconds) throws IOException {
    return file(List.of(sample), seconds, AudioFileFormat.Type.WAVE);
  }

  /** Returns the same in a format that Serenade hears and browsers do not. */
  static byte[] au(String sample, double seconds) throws IOException {
    return file(List.of(sample), seconds, AudioFileFormat.Type.AU);
  }

  /** Returns samples one after another, each over and over until it lasts so long, as a WAV. */
  static byte[] joined(List<String> samples, double secondsEach) throws IOException {
    return file(samples, secondsEach, AudioFileFormat.Type.WAVE);
  }

  private static byte[] file(List<String> samples, double seconds, AudioFileFormat.Type type)
      throws IOException {
    int each = (int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
    int length = each * samples.size();
    ByteBuffer bytes = ByteBuffer.allocate(2 * length);
    for (String sample : samples) {
      Waveform once = AudioDecoder.create().decode(sample(sample));
      for (int i = 0; i < each; i++) {
        bytes.putShort((short) Math.round(32767 * once.get(i % once.length())));
      }
    }
    AudioFormat format = new AudioFormat(Waveform.SAMPLE_RATE_HZ, 16, 1, true, true);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, length), type, file);
    return file.toByteArray();
  }
}
