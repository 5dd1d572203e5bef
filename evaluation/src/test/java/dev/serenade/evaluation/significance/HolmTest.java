package dev.serenade.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {

  /** As {@code p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")} of R gives: 0.03 0.06 0.06 0.02. */
  @Test
  void valuesAreThoseOfR() {
    assertThat(Holm.adjusted(List.of(0.01, 0.04, 0.03, 0.005)))
        .containsExactly(0.03, 0.06, 0.06, 0.02);
  }

  @Test
  void oneValueStaysAndNoneExceedsOne() {
    assertThat(Holm.adjusted(List.of(0.04))).containsExactly(0.04);
    assertThat(Holm.adjusted(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
    assertThat(Holm.adjusted(List.of())).isEmpty();
  }
}
