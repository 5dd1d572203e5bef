package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class MatrixRateTest {

  @Test
  void measuringAgainNeverMakesTheMachineSlower() throws IOException {
    try (MatrixRate rate = new MatrixRate(new SessionSettings(1))) {
      assertThat(rate.gigaflops()).isZero();
      rate.measure();
      double first = rate.gigaflops();
      rate.measure();

      // Between an old laptop under load and more than one core of anything does.
      assertThat(first).isBetween(0.1, 10_000.0);
      assertThat(rate.gigaflops()).isGreaterThanOrEqualTo(first);
    }
  }

  @Test
  void asMuchWorkAsAskedForIsDone() throws IOException {
    try (MatrixRate rate = new MatrixRate(new SessionSettings(1))) {
      double gigaflops = 8;

      long started = System.nanoTime();
      double reached = rate.over(gigaflops);
      double seconds = (System.nanoTime() - started) / 1e9;

      // Each size does it once, to a whole number of products.
      assertThat(reached).isBetween(0.1, 10_000.0);
      assertThat(seconds).isGreaterThan(2.5 * gigaflops / reached);
    }
  }
}
