package dev.serenade.training;

import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * SHA-256 over values of several kinds, one after the other. Equal sequences of values have equal
 * fingerprints, on every machine. Not thread-safe.
 */
final class Fingerprint {

  private final MessageDigest digest = sha256();

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  Fingerprint add(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  Fingerprint add(Map<String, String> texts) {
    add(texts.size());
    texts.forEach((name, text) -> add(name).add(text));
    return this;
  }

  Fingerprint add(FloatTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    add(tensor.size());
    digest.update(bytes);
    return this;
  }

  /**
   * Adds examples with the hidden states of their clips; those by a checksum of 32 bits each, as
   * reading them all should take no longer than the disk does.
   */
  Fingerprint add(ExampleSet set) {
    Features features = set.features();
    add(set.size());
    for (Example example : set.examples()) {
      int frames = features.frames(example.clip());
      ByteBuffer states =
          ByteBuffer.allocate(frames * features.width() * Short.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      features.copyTo(example.clip(), states.asShortBuffer());
      CRC32C checksum = new CRC32C();
      checksum.update(states);
      add(example.label()).add(frames).add(checksum.getValue());
    }
    return this;
  }

  /** Returns the fingerprint in hexadecimal, and starts anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
