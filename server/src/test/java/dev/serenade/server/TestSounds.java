package dev.serenade.server;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sound for tests. */
public final class TestSounds {

  private TestSounds() {}

  /** Returns a file of the samples that come with Serenade. */
  public static Path sample(String name) {
    return Path.of(System.getProperty("serenade.root"), "samples", name);
  }

  /** Returns the bytes of such a file. */
  public static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(sample(name));
  }

  /** Returns a recording of speech that lasts at least so long, as a WAV. */
  public static byte[] speech(double seconds) throws IOException {
    Waveform once = AudioDecoder.create().decode(sample("angry-12a05Wb.flac"));
    float[] samples = new float[(int) Math.ceil(seconds * Waveform.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = once.get(i % once.length());
    }
    return wav(samples);
  }

  /** Returns a mono WAV of 16 bits. */
  public static byte[] wav(float... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
    bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    bytes.putShort((short) 1).putShort((short) 1);
    bytes.putInt(Waveform.SAMPLE_RATE_HZ).putInt(2 * Waveform.SAMPLE_RATE_HZ);
    bytes.putShort((short) 2).putShort((short) 16);
    bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
    for (float sample : samples) {
      bytes.putShort((short) Math.round(32767 * sample));
    }
    return bytes.array();
  }
}
