package dev.serenade.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableLayoutTest {

  private static final List<String> FOUR = List.of("angry", "happy", "neutral", "sad");
  private static final List<String> EIGHT =
      List.of("angry", "calm", "disgusted", "fearful", "happy", "neutral", "sad", "surprised");

  @Test
  void aWideTerminalHasRoomForBarsAndPercentages() {
    TableLayout layout = TableLayout.of(140, 30, FOUR, false);

    assertThat(layout.percent()).isTrue();
    assertThat(layout.bar()).isEqualTo(10);
    assertThat(layout.file()).isEqualTo(30);
    assertThat(layout.labels()).isEqualTo(FOUR);
  }

  @Test
  void aTerminalOf80ColumnsHasRoomForBars() {
    TableLayout layout = TableLayout.of(80, 20, FOUR, false);

    assertThat(layout.percent()).isFalse();
    assertThat(layout.bar()).isGreaterThanOrEqualTo(6);
    assertThat(layout.labels()).isEqualTo(FOUR);
  }

  @Test
  void itFitsWheneverAnythingCan() {
    for (List<String> labels : List.of(FOUR, EIGHT)) {
      for (int columns = 80; columns < 250; columns++) {
        for (int name : new int[] {1, 20, 300}) {
          assertThat(TableLayout.of(columns, name, labels, false).width())
              .as("%d columns, names of %d, %s", columns, name, labels)
              .isLessThanOrEqualTo(columns);
        }
      }
    }
  }

  @Test
  void whatIsLeftGoesToLongNames() {
    assertThat(TableLayout.of(200, 300, FOUR, false).width()).isEqualTo(200);
  }
}
