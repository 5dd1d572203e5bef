package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResidentMemoryTest {

  @Test
  void linuxTellsThePeakInKibibytes() {
    assertThat(
            ResidentMemory.peakBytes(
                List.of("Name:\tjava", "VmPeak:\t 9000000 kB", "VmHWM:\t  123456 kB")))
        .hasValue(123_456L * 1024);
    assertThat(ResidentMemory.peakBytes(List.of("Name:\tjava"))).isEmpty();
  }

  @Test
  void thisProcessHoldsAtLeastWhatItIsUsingNow() {
    byte[] held = new byte[50_000_000];
    held[held.length - 1] = 1;

    assertThat(ResidentMemory.peakBytes()).isGreaterThan(held.length);
  }
}
