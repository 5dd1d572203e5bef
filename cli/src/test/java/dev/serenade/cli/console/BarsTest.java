package dev.serenade.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BarsTest {

  @Test
  void barsAreDrawnInEighthsOfACell() {
    Bars bars = new Bars(true);

    assertThat(bars.bar(0, 10)).isEmpty();
    assertThat(bars.bar(0.5, 10)).isEqualTo("█████");
    assertThat(bars.bar(0.3125, 2)).isEqualTo("▋");
    assertThat(bars.bar(1, 3)).isEqualTo("███");
  }

  @Test
  void asciiBarsHaveWholeCells() {
    assertThat(new Bars(false).bar(0.55, 10)).isEqualTo("######");
  }

  @Test
  void curvesHaveACellPerHeight() {
    assertThat(new Bars(true).curve(List.of(0.0, 0.5, 1.0))).isEqualTo("▁▅█");
    assertThat(new Bars(false).curve(List.of(0.0, 1.0))).isEqualTo("_@");
  }
}
