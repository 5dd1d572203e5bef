package dev.serenade.stress;

import dev.serenade.audio.Waveform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The beginning of a sound as an address that holds it: WAV, 16 bits, 16 kHz, in base 64. */
final class SoundData {

  /** Long enough to hear what was done, short enough for a page of some megabytes. */
  private static final int LONGEST = 5 * Waveform.SAMPLE_RATE_HZ / 2;

  private static final int HEADER_BYTES = 44;
  private static final double FULL_SCALE = 32767;

  private SoundData() {}

  static String uri(Waveform sound) {
    return "data:audio/wav;base64," + Base64.getEncoder().encodeToString(wav(sound));
  }

  /** Returns a WAV file; samples beyond full scale are clipped. */
  static byte[] wav(Waveform sound) {
    int length = Math.min(LONGEST, sound.length());
    int bytes = Short.BYTES * length;
    ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + bytes).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(Waveform.SAMPLE_RATE_HZ).putInt(Short.BYTES * Waveform.SAMPLE_RATE_HZ);
    file.putShort((short) Short.BYTES).putShort((short) Short.SIZE);
    file.put(ascii("data")).putInt(bytes);
    for (int i = 0; i < length; i++) {
      double value = Math.max(-1, Math.min(1, sound.get(i)));
      file.putShort((short) Math.rint(FULL_SCALE * value));
    }
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
