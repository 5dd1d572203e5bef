package dev.serenade.benchmark;

import dev.serenade.audio.Waveform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Noise of any length; what is said does not change how long it takes. */
final class Noise {

  private static final int WAV_HEADER_BYTES = 44;

  private Noise() {}

  static Waveform ofSeconds(int seconds) {
    Random random = new Random(seconds);
    float[] samples = new float[seconds * Waveform.SAMPLE_RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextGaussian() * 0.05f;
    }
    return Waveform.of(samples);
  }

  /** Returns a WAV file of 16 bits. */
  static byte[] wav(Waveform waveform) {
    return wav(waveform, Waveform.SAMPLE_RATE_HZ);
  }

  /** Returns a WAV file of 16 bits that claims another rate, and so lasts longer or shorter. */
  static byte[] wav(Waveform waveform, int sampleRateHz) {
    int dataBytes = waveform.length() * Short.BYTES;
    ByteBuffer wav =
        ByteBuffer.allocate(WAV_HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(WAV_HEADER_BYTES - 8 + dataBytes);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(sampleRateHz);
    wav.putInt(sampleRateHz * Short.BYTES).putShort((short) Short.BYTES);
    wav.putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    for (float sample : waveform.toArray()) {
      wav.putShort((short) Math.round(Math.max(-1, Math.min(1, sample)) * Short.MAX_VALUE));
    }
    return wav.array();
  }
}
