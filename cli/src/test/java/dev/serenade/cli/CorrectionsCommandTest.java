package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.server.history.Correction;
import dev.serenade.server.history.History;
import dev.serenade.server.history.HistorySettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorrectionsCommandTest {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir private Path folder;

  private CommandRun export(Object... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("corrections", "--history", location(), "--out", out()),
                Stream.of(arguments))
            .toArray());
  }

  private Path location() {
    return folder.resolve("history");
  }

  private Path out() {
    return folder.resolve("corrected");
  }

  private void keepTwo() throws IOException {
    JsonObject result = new JsonObject();
    result.addProperty("file", "call.wav");
    result.addProperty("channel", 2);
    result.addProperty("emotion", "angry");
    result.addProperty("confidence", 0.8);
    byte[] sound = "RIFF0000WAVEfmt ".getBytes(StandardCharsets.US_ASCII);
    try (History history =
        History.open(HistorySettings.of(location().toString(), Optional.empty(), 36_500))) {
      for (String id : List.of("first", "second")) {
        history.keep(id, NOON, result, () -> new ByteArrayInputStream(sound));
        history.correct(id, new Correction("sad", Optional.of("anna"), NOON.plusSeconds(1)));
      }
    }
  }

  @Test
  void correctionsBecomeAManifestAndClips() throws IOException {
    keepTwo();

    CommandRun run = export();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).containsExactly(out().resolve("corrections.csv") + ": 2 clips");
    assertThat(Files.readAllLines(out().resolve("corrections.csv")))
        .containsExactly(
            "path,speaker,emotion,channel,predicted,confidence,file,analysis,created,corrected",
            "clips/second.wav,anna,sad,2,angry,0.8,call.wav,second,2026-11-28T12:00:00Z,"
                + "2026-11-28T12:00:01Z",
            "clips/first.wav,anna,sad,2,angry,0.8,call.wav,first,2026-11-28T12:00:00Z,"
                + "2026-11-28T12:00:01Z");
    try (Stream<Path> clips = Files.list(out().resolve("clips"))) {
      assertThat(clips).hasSize(2);
    }
    assertThat(export()).isEqualTo(run);
  }

  @Test
  void aCorrectionWithoutItsRecordingIsLeftOutAndTold() throws IOException {
    keepTwo();
    Files.delete(location().resolve("audio/first.wav"));

    CommandRun run = export();

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(run.outLines()).containsExactly(out().resolve("corrections.csv") + ": 1 clip");
    assertThat(run.errLines()).containsExactly("1 correction: left out, as the recording is gone");
  }

  @Test
  void whereThereIsNoHistoryNothingIsWritten() {
    CommandRun run = export();

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.errLines())
        .containsExactly(
            "serenade: %s: expected a history, found none"
                .formatted(location().resolve("history.db")));
    assertThat(location()).doesNotExist();
    assertThat(out()).doesNotExist();
  }

  @Test
  void anAddressThatIsNeitherFolderNorPostgresqlIsWrongUsage() {
    CommandRun mysql =
        CommandRun.of("corrections", "--history", "jdbc:mysql://u:secret@h/d", "--out", out());
    CommandRun without =
        CommandRun.of("corrections", "--history", "jdbc:postgresql://h/d", "--out", out());

    assertThat(mysql.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mysql.err())
        .contains("expected a folder or jdbc:postgresql://... for the history, found jdbc:mysql")
        .doesNotContain("secret");
    assertThat(without.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(without.err()).contains("needs a folder for its recordings (--history-audio)");
  }

  @Test
  void helpFitsEightyColumns() {
    CommandRun run = CommandRun.of("corrections", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out()).contains("--history=LOCATION", "--out=FOLDER", "Examples:");
  }
}
