package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CaptureBufferTest {

  @Test
  void bytesComeOutAsTheyWentIn() throws IOException {
    Random random = new Random(1);
    CaptureBuffer buffer = new CaptureBuffer(100);
    ByteArrayOutputStream in = new ByteArrayOutputStream();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) {
      byte[] piece = new byte[random.nextInt(50)];
      random.nextBytes(piece);
      buffer.put(piece, piece.length);
      in.write(piece);
      while (out.size() < in.size() - random.nextInt(50)) {
        byte[] read = new byte[1 + random.nextInt(30)];
        out.write(read, 0, buffer.read(read, 0, read.length));
      }
    }
    buffer.end();
    out.write(buffer.readAllBytes());
    assertThat(out.toByteArray()).isEqualTo(in.toByteArray());
    assertThat(buffer.lost()).isZero();
  }

  @Test
  void silenceStandsForWhatHadNoRoom() throws IOException {
    CaptureBuffer buffer = new CaptureBuffer(4);
    buffer.put(new byte[] {1, 2, 3}, 3);
    buffer.put(new byte[] {4, 5}, 2);
    buffer.put(new byte[] {6}, 1);
    assertThat(buffer.lost()).isEqualTo(3);
    assertThat(buffer.readNBytes(6)).containsExactly(1, 2, 3, 0, 0, 0);
    buffer.put(new byte[] {7, 8}, 2);
    buffer.end();
    assertThat(buffer.readAllBytes()).containsExactly(7, 8);
    assertThat(buffer.read()).isEqualTo(-1);
  }

  @Test
  void readerWaitsForWhatIsToCome() throws Exception {
    CaptureBuffer buffer = new CaptureBuffer(10);
    Thread later =
        new Thread(
            () -> {
              buffer.put(new byte[] {42}, 1);
              buffer.end();
            });
    later.start();
    assertThat(buffer.read()).isEqualTo(42);
    assertThat(buffer.read()).isEqualTo(-1);
    later.join();
  }

  @Test
  void interruptedReaderStopsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(InterruptedIOException.class)
          .isThrownBy(() -> new CaptureBuffer(10).read());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
