package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeedSettingsTest {

  @Test
  void whatCannotBeMeasuredIsSaidSo() {
    assertThatThrownBy(() -> new SpeedSettings(List.of(3.0, 0.0), List.of(1), 1, 1))
        .hasMessage("expected at least one length of clips, all above 0 s, found [3.0, 0.0]");
    assertThatThrownBy(() -> new SpeedSettings(List.of(Double.NaN), List.of(1), 1, 1))
        .hasMessageStartingWith("expected at least one length");
    assertThatThrownBy(() -> new SpeedSettings(List.of(3.0), List.of(0), 1, 1))
        .hasMessage("expected at least one size of batches, all at least 1, found [0]");
    assertThatThrownBy(() -> new SpeedSettings(List.of(3.0), List.of(1), 0, 7))
        .hasMessage("expected at least 1 thread and 1 round, found 0 and 7");
  }
}
