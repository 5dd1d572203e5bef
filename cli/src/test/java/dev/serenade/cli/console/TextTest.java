package dev.serenade.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTest {

  @Test
  void widthCountsColumnsNotCharacters() {
    assertThat(Text.width("abc")).isEqualTo(3);
    assertThat(Text.width("録音.wav")).isEqualTo(8);
    assertThat(Text.width("u\u0308")).isEqualTo(1);
    assertThat(Text.width("\uD83D\uDE00")).isEqualTo(2);
  }

  @Test
  void cutTextFitsAndKeepsItsMeaningfulEnd() {
    assertThat(Text.cutStart("calls/2026/one.wav", 10, "…")).isEqualTo("…6/one.wav");
    assertThat(Text.cutEnd("error: no such file", 10, "...")).isEqualTo("error: ...");
    assertThat(Text.cutStart("録音録音", 5, "…")).isEqualTo("…録音");
    assertThat(Text.cutEnd("short", 5, "…")).isEqualTo("short");
  }

  @Test
  void aFileNameCannotDriveTheTerminal() {
    assertThat(Text.printable("a\u001b[2Jb\rc\u009b.wav")).isEqualTo("a?[2Jb?c?.wav");
  }
}
