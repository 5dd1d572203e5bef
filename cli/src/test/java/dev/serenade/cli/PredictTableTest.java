package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.Display;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of {@code predict}, and what a terminal gets. */
final class PredictTableTest extends TinyPrediction {

  private Path good;

  @BeforeEach
  void writeRecording() throws IOException {
    good = TestSounds.writeSpeech(folder.resolve("good.wav"), 2.5, 1);
  }

  @Test
  void tableShowsARowPerRecording() throws IOException {
    Path silence = Files.write(good.resolveSibling("silence.wav"), TestSounds.silence(1.0));
    CommandRun run = predict(good, silence, "missing.wav");

    List<String> lines = run.outLines();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .matches("File +Length +Emotion +Confidence +angry +happy +neutral +sad");
    assertThat(lines.get(1)).startsWith(good.toString()).contains("2.5 s", "%", "█");
    assertThat(lines.get(2)).contains("1.0 s  silence").doesNotContain("%");
    assertThat(lines.get(3)).startsWith("missing.wav").endsWith("error: no such file");
    assertThat(run.err()).isEqualTo("serenade: missing.wav: no such file\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 140, 200})
  void tableFitsTheTerminal(int columns) {
    Display display = new Display(true, true, columns, StandardCharsets.US_ASCII, false, false);

    CommandRun run =
        CommandRun.of(
            display,
            new byte[0],
            "predict",
            "-m",
            model,
            "-t",
            "-e",
            good,
            "missing-" + "x".repeat(columns) + ".wav");

    assertThat(run.outLines()).hasSizeGreaterThan(5).allMatch(line -> line.length() <= columns);
    assertThat(run.out()).contains("#").matches("\\p{ASCII}*");
  }

  @Test
  void coloursAreForTerminalsOnly() {
    Display colourful = new Display(true, true, 120, StandardCharsets.UTF_8, true, true);

    assertThat(CommandRun.of(colourful, new byte[0], "predict", "-m", model, good).out())
        .contains("\u001b[");
    assertThat(predict(good).out()).doesNotContain("\u001b");
  }

  @Test
  void progressIsShownAndErased() {
    Display display = new Display(false, true, 80, StandardCharsets.UTF_8, true, false);

    CommandRun run =
        CommandRun.of(display, new byte[0], "predict", "-m", model, "-f", "json", good);

    assertThat(run.err()).contains("1/1").endsWith("\r\u001b[K");
    assertThat(json(run)).hasSize(1);
  }
}
