package dev.serenade.audio;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The recordings beside the tests, and what comes of decoding them. */
final class Recordings {

  private Recordings() {}

  /** Returns the bytes of a recording in the test resources. */
  static byte[] read(String name) {
    try (InputStream in = Recordings.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no test recording " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Decodes bytes that must be refused, and returns how they are. */
  static AudioFormatException refusal(byte[] bytes, String name) {
    return catchThrowableOfType(
        AudioFormatException.class, () -> AudioDecoder.create().decode(bytes, name));
  }

  /** Decodes a file that must be refused, and returns how it is. */
  static AudioFormatException refusal(Path file) {
    return catchThrowableOfType(
        AudioFormatException.class, () -> AudioDecoder.create().decode(file));
  }

  /** Decodes bytes that must be refused, and returns why they are. */
  static Reason reasonToRefuse(byte[] bytes, String name) {
    return refusal(bytes, name).reason();
  }

  /**
   * Reads to the end and joins the pieces, which must all have the length asked for but the last.
   */
  static Waveform readAll(WaveformStream reader, int piece) throws IOException {
    float[] samples = new float[1 << 16];
    int length = 0;
    for (Optional<Waveform> next = reader.read(piece);
        next.isPresent();
        next = reader.read(piece)) {
      if (length % piece != 0) {
        throw new AssertionError(
            "a piece of fewer than %d samples before the last".formatted(piece));
      }
      int end = length + next.get().length();
      samples = end > samples.length ? Arrays.copyOf(samples, 2 * end) : samples;
      next.get().copyTo(FloatBuffer.wrap(samples, length, end - length));
      length = end;
    }
    return Waveform.of(Arrays.copyOf(samples, length));
  }
}
