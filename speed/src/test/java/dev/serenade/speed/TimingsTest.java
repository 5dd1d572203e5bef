package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TimingsTest {

  @Test
  void theOrderOfRoundsDoesNotMatter() {
    Timings odd = new Timings(List.of(5.0, 2.0, 9.0));
    Timings even = new Timings(List.of(4.0, 9.0, 1.0, 2.0));

    assertThat(List.of(odd.best(), odd.median(), odd.slowest())).containsExactly(2.0, 5.0, 9.0);
    assertThat(List.of(even.best(), even.median(), even.slowest())).containsExactly(1.0, 3.0, 9.0);
  }

  @Test
  void clipsThatAreDoneTogetherShareTheTime() {
    assertThat(new Timings(List.of(16.0, 8.0)).dividedBy(8))
        .isEqualTo(new Timings(List.of(1.0, 2.0)));
  }

  @Test
  void nothingTakesNoTime() {
    assertThatThrownBy(() -> new Timings(List.of(3.0, 0.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least one time, all above 0 ms, found [0.0, 3.0]");
    assertThatThrownBy(() -> new Timings(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
