package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.whisper.Precision;
import dev.serenade.whisper.onnx.SessionSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeedSettingsTest {

  private static SpeedSettings settings(List<Double> seconds, List<Integer> batches, int rounds) {
    return new SpeedSettings(
        seconds, batches, List.of(Precision.FP32), new SessionSettings(1), rounds);
  }

  @Test
  void whatCannotBeMeasuredIsSaidSo() {
    assertThatThrownBy(() -> settings(List.of(3.0, 0.0), List.of(1), 1))
        .hasMessage("expected at least one length of clips, all above 0 s, found [3.0, 0.0]");
    assertThatThrownBy(() -> settings(List.of(Double.NaN), List.of(1), 1))
        .hasMessageStartingWith("expected at least one length");
    assertThatThrownBy(() -> settings(List.of(3.0), List.of(0), 1))
        .hasMessage("expected at least one size of batches, all at least 1, found [0]");
    assertThatThrownBy(() -> settings(List.of(3.0), List.of(1), 0))
        .hasMessage("expected at least 1 round, found 0");
    assertThatThrownBy(
            () -> new SpeedSettings(List.of(3.0), List.of(1), List.of(), new SessionSettings(1), 1))
        .hasMessage("expected at least one precision, found none");
  }
}
