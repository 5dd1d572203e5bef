package dev.serenade.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files for tests. */
final class WavBytes {

  enum Encoding {
    UNSIGNED_8(1, 1),
    SIGNED_16(1, 2),
    SIGNED_24(1, 3),
    SIGNED_32(1, 4),
    FLOAT_32(3, 4),
    FLOAT_64(3, 8);

    private final int formatTag;
    private final int sampleBytes;

    Encoding(int formatTag, int sampleBytes) {
      this.formatTag = formatTag;
      this.sampleBytes = sampleBytes;
    }

    private void put(ByteBuffer target, double sample) {
      switch (this) {
        case UNSIGNED_8 -> target.put((byte) (Math.round(sample * 128) + 128));
        case SIGNED_16 -> target.putShort((short) Math.round(sample * 32768));
        case SIGNED_24 -> {
          long value = Math.round(sample * (1 << 23));
          target.put((byte) value).putShort((short) (value >> 8));
        }
        case SIGNED_32 -> target.putInt((int) Math.round(sample * (1L << 31)));
        case FLOAT_32 -> target.putFloat((float) sample);
        case FLOAT_64 -> target.putDouble(sample);
      }
    }
  }

  static final int HEADER_BYTES = 44;
  static final int DATA_SIZE_OFFSET = 40;

  private WavBytes() {}

  /** Returns a file of 16 bits and one channel. */
  static byte[] mono(int rateHz, double... samples) {
    return of(rateHz, 1, Encoding.SIGNED_16, samples);
  }

  /** Returns a file; samples of several channels alternate. */
  static byte[] of(int rateHz, int channels, Encoding encoding, double... samples) {
    int blockBytes = channels * encoding.sampleBytes;
    int dataBytes = samples.length * encoding.sampleBytes;
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVEfmt "));
    bytes.putInt(16).putShort((short) encoding.formatTag).putShort((short) channels);
    bytes.putInt(rateHz).putInt(rateHz * blockBytes).putShort((short) blockBytes);
    bytes.putShort((short) (8 * encoding.sampleBytes)).put(ascii("data")).putInt(dataBytes);
    for (double sample : samples) {
      encoding.put(bytes, sample);
    }
    return bytes.array();
  }

  /** Returns a copy with another size in the header of the data chunk. */
  static byte[] withDataSize(byte[] wav, int size) {
    byte[] copy = wav.clone();
    ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(DATA_SIZE_OFFSET, size);
    return copy;
  }

  /** Returns a tone that starts at phase 0. */
  static double[] tone(double frequencyHz, double amplitude, int rateHz, int length) {
    double[] samples = new double[length];
    for (int i = 0; i < length; i++) {
      samples[i] = amplitude * Math.sin(2 * Math.PI * frequencyHz * i / rateHz);
    }
    return samples;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
