package dev.serenade.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExamplesTest {

  private static final String SAD = "samples/sad-09b03Ta.flac";

  @TempDir Path folder;

  @Test
  void theFirstResultIsOfTheClip() throws Exception {
    assertThat(Printed.by(() -> FirstResult.main(new String[] {SAD})))
        .startsWith("sad 0.9")
        .contains("  angry 0.0");
  }

  @Test
  void aFolderBecomesATableWithARowForEachFile() throws Exception {
    Path recordings = Files.createDirectory(folder.resolve("recordings"));
    Files.copy(Path.of(SAD), recordings.resolve("a.flac"));
    Files.writeString(recordings.resolve("b.txt"), "no sound");
    Files.copy(Path.of("samples/angry-12a05Wb.flac"), recordings.resolve("c.flac"));
    Path table = folder.resolve("table.csv");

    ScoreFolder.main(new String[] {recordings.toString(), table.toString()});

    List<String> rows = Files.readAllLines(table);
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0)).isEqualTo("file,emotion,confidence,error");
    assertThat(rows.get(1)).matches(".*b\\.txt,,,.*b\\.txt: .*");
    assertThat(rows.get(2)).matches(".*a\\.flac,sad,0\\.9\\d+,");
    assertThat(rows.get(3)).matches(".*c\\.flac,angry,0\\.9\\d+,");
  }

  @Test
  void aTimelineHasSegments() throws Exception {
    assertThat(Printed.by(() -> CallTimeline.main(new String[] {SAD})))
        .matches("(?s)\\d\\.\\d s to \\d\\.\\d s: sad 0\\.\\d\\d\\R.*");
  }

  @Test
  void theScriptForJshellRuns() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "--class-path",
                System.getProperty("java.class.path"),
                "examples/jshell/first.jsh")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("sad {angry=0.0");
  }
}
