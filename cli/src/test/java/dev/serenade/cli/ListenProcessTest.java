package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show of {@code listen}: that it ends when it is told to. */
final class ListenProcessTest {

  @TempDir Path folder;

  @Test
  void ctrlCEndsItWithTheSegmentThatWasOpen() throws Exception {
    Path model = TinyModel.write(folder.resolve("tiny.serenade"));
    Process process =
        SerenadeProcess.start(
            List.of(),
            List.of(
                "listen",
                "-m",
                model.toString(),
                "-f",
                "jsonl",
                "--window",
                "1",
                "--hop",
                "0.5",
                "-"));
    List<JsonObject> lines = new ArrayList<>();
    try (BufferedReader out = SerenadeProcess.reader(process);
        OutputStream in = process.getOutputStream()) {
      in.write(TestSounds.speechSamples(3, 1));
      in.flush();
      lines.add(JsonParser.parseString(out.readLine()).getAsJsonObject());
      assumeTrue(!SerenadeProcess.ignoresInterrupts(process), "the tests run with SIGINT ignored");
      SerenadeProcess.interrupt(process);
      out.lines().forEach(line -> lines.add(JsonParser.parseString(line).getAsJsonObject()));
    }

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(SerenadeProcess.SIGINT_EXIT_CODE);
    assertThat(SerenadeProcess.errors(process)).isEmpty();
    assertThat(lines.get(0).get("type").getAsString()).isEqualTo("window");
    assertThat(lines.get(lines.size() - 1).get("type").getAsString()).isEqualTo("segment");
  }
}
