package dev.serenade.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class DisplayTest {

  private final Properties properties = new Properties();

  @Test
  void withoutALauncherNothingIsATerminal() {
    Display display = Display.of(properties, Map.of("TERM", "xterm"));

    assertThat(display)
        .isEqualTo(new Display(false, false, 80, StandardCharsets.UTF_8, true, false));
  }

  @Test
  void colourNeedsATerminalThatHasItAndAUserWhoWantsIt() {
    properties.setProperty("serenade.stdout.terminal", "true");

    assertThat(Display.of(properties, Map.of("TERM", "xterm")).colours()).isTrue();
    assertThat(Display.of(properties, Map.of("TERM", "xterm", "NO_COLOR", "")).colours()).isTrue();
    assertThat(Display.of(properties, Map.of("TERM", "xterm", "NO_COLOR", "1")).colours())
        .isFalse();
    assertThat(Display.of(properties, Map.of("TERM", "dumb")).colours()).isFalse();
    assertThat(Display.of(properties, Map.of()).colours()).isFalse();
  }

  @Test
  void blocksNeedACharsetThatHasThem() {
    properties.setProperty("native.encoding", "ISO-8859-1");
    assertThat(Display.of(properties, Map.of()).blocks()).isFalse();

    properties.setProperty("stdout.encoding", "UTF-8");
    assertThat(Display.of(properties, Map.of()).blocks()).isTrue();

    properties.setProperty("serenade.ascii", "true");
    assertThat(Display.of(properties, Map.of()).blocks()).isFalse();
  }

  @Test
  void aWidthThatMakesNoSenseIsPassedOver() {
    properties.setProperty("serenade.columns", "132");
    assertThat(Display.of(properties, Map.of()).columns()).isEqualTo(132);

    for (String odd : new String[] {"", "0", "wide", "-5"}) {
      properties.setProperty("serenade.columns", odd);
      assertThat(Display.of(properties, Map.of()).columns()).isEqualTo(80);
    }
  }
}
