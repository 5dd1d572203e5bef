package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.whisper.Precision;
import org.junit.jupiter.api.Test;

final class StageSharesTest {

  @Test
  void whatNoPartAccountsForIsTheRest() {
    StageShares shares = new StageShares(3, 1, Precision.FP32, 1, 2, 30, 3, 40);

    assertThat(shares.rest()).isEqualTo(4);
    assertThat(shares.whole()).isEqualTo(40);
    // Decoding, head and the rest.
    assertThat(shares.outsideEncoder()).isCloseTo(8 / 40.0, within(1e-12));
  }

  @Test
  void partsThatTookLongerAloneThanTogetherLeaveNoRest() {
    StageShares shares = new StageShares(3, 1, Precision.FP32, 1, 2, 30, 3, 35);

    assertThat(shares.rest()).isZero();
    assertThat(shares.whole()).isEqualTo(36);
    assertThat(shares.outsideEncoder()).isCloseTo(4 / 36.0, within(1e-12));
  }
}
