package dev.serenade.whisper.tensor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts files in the safetensors format together byte by byte, sound or not. */
final class SafetensorsBytes {

  private SafetensorsBytes() {}

  /** Returns a file of this header and these values. */
  static byte[] file(String header, byte... values) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, values);
  }

  /** Returns a file that claims some length of its header. */
  static byte[] file(long claimedLength, byte[] header, byte... values) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(littleEndian(Long.BYTES).putLong(claimedLength).array());
    file.writeBytes(header);
    file.writeBytes(values);
    return file.toByteArray();
  }

  /** Returns the header's line for one tensor named {@code a}. */
  static String entry(String type, String shape, String offsets) {
    return "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
        .formatted(type, shape, offsets);
  }

  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
