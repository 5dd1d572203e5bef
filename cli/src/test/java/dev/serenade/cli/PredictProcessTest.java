package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals and pipes. */
@Tag("slow")
final class PredictProcessTest {

  /** So many that they are not done before the signal comes. */
  private static final int RECORDINGS = 20_000;

  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = TinyModel.write(folder.resolve("tiny.serenade"));
  }

  /** Writes a file of arguments. */
  private Path writeRecordings() throws IOException {
    Path sound = TestSounds.writeNoise(folder.resolve("sound.wav"), 2, 1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < RECORDINGS; i++) {
      lines.add(sound.toString());
    }
    return Files.write(folder.resolve("arguments"), lines);
  }

  @Test
  void ctrlCLeavesAWholeArrayOfWhatIsFinished() throws Exception {
    Path arguments = writeRecordings();
    Process process = start("-f", "json", "@" + arguments);
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = SerenadeProcess.reader(process)) {
      lines.add(out.readLine());
      lines.add(out.readLine());
      assumeTrue(!SerenadeProcess.ignoresInterrupts(process), "the tests run with SIGINT ignored");
      SerenadeProcess.interrupt(process);
      lines.addAll(out.lines().toList());
    }

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(SerenadeProcess.SIGINT_EXIT_CODE);
    JsonArray array = JsonParser.parseString(String.join("\n", lines)).getAsJsonArray();
    assertThat(array.size()).isBetween(1, RECORDINGS - 1);
    assertThat(SerenadeProcess.errors(process)).isEmpty();
  }

  @Test
  void aClosedPipeEndsItQuietly() throws Exception {
    Path arguments = writeRecordings();
    Process process = start("-f", "json", "@" + arguments);
    try (BufferedReader out = SerenadeProcess.reader(process)) {
      assertThat(out.readLine()).isEqualTo("[");
    }

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.BROKEN_PIPE);
    assertThat(SerenadeProcess.errors(process)).isEmpty();
  }

  @Test
  void ctrlCInTheMiddleOfALongRecordingLeavesAWholeArray() throws Exception {
    Path recording = writeHours("call.wav", 1, 30);
    Process process = start("-t", "-f", "json", recording.toString());
    StringBuilder text = new StringBuilder();
    try (BufferedReader out = SerenadeProcess.reader(process)) {
      // The first segment, while the rest is computed.
      while (text.indexOf("startSeconds") < 0) {
        text.append((char) out.read());
      }
      assumeTrue(!SerenadeProcess.ignoresInterrupts(process), "the tests run with SIGINT ignored");
      SerenadeProcess.interrupt(process);
      text.append(out.lines().collect(Collectors.joining("\n")));
    }

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(SerenadeProcess.SIGINT_EXIT_CODE);
    JsonObject element =
        JsonParser.parseString(text.toString()).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(element.getAsJsonArray("timeline")).isNotEmpty();
    assertThat(element.getAsJsonObject("error").get("code").getAsString()).isEqualTo("stopped");
  }

  @Test
  void anHourNeedsNoMoreMemoryThanAMinute() throws Exception {
    // Its samples alone would take 230 MB.
    Path recording = writeHours("hour.wav", 1, 3000);

    Process process = start(List.of("-Xmx48m"), "-t", "-f", "json", recording.toString());

    String out = SerenadeProcess.output(process);
    assertThat(SerenadeProcess.errors(process)).isEmpty();
    assertThat(process.waitFor()).isEqualTo(ExitCode.DONE);
    JsonObject element = JsonParser.parseString(out).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(element.get("durationSeconds").getAsDouble()).isEqualTo(3600);
    assertThat(element.getAsJsonArray("timeline")).isNotEmpty();
  }

  @Test
  void tenThousandTinyFilesAreNoTrouble() throws Exception {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (int i = 0; i < 10_000; i++) {
      Files.write(many.resolve("%05d.wav".formatted(i)), TestSounds.noise(0.02, i));
    }

    Process process = start(List.of("-Xmx64m"), "-f", "csv", many.toString());

    String out = SerenadeProcess.output(process);
    assertThat(SerenadeProcess.errors(process)).isEmpty();
    assertThat(process.waitFor()).isEqualTo(ExitCode.DONE);
    assertThat(out.lines().count()).isEqualTo(10_001);
  }

  @Test
  void aFileThatIsRemovedWhileItIsReadIsHeardToItsEnd() throws Exception {
    Path recording = writeHours("call.wav", 0.2, 20);
    Process process = start("-t", "-f", "jsonl", recording.toString());
    StringBuilder text = new StringBuilder();
    try (BufferedReader out = SerenadeProcess.reader(process)) {
      while (text.indexOf("startSeconds") < 0) {
        text.append((char) out.read());
      }
      Files.delete(recording);
      text.append(out.lines().collect(Collectors.joining("\n")));
    }

    assertThat(SerenadeProcess.errors(process)).isEmpty();
    assertThat(process.waitFor()).isEqualTo(ExitCode.DONE);
    assertThat(
            JsonParser.parseString(text.toString())
                .getAsJsonObject()
                .get("durationSeconds")
                .getAsDouble())
        .isEqualTo(720);
  }

  /** Writes a recording of silence with a few seconds of speech every so many seconds. */
  private Path writeHours(String name, double hours, int everySeconds) throws IOException {
    byte[] speech = TestSounds.speechSamples(3, 1);
    int seconds = (int) Math.round(3600 * hours);
    Path file = folder.resolve(name);
    byte[] header = Arrays.copyOf(TestSounds.wav(1, new byte[0]), 44);
    ByteBuffer sizes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    sizes.putInt(4, 36 + 32_000 * seconds);
    sizes.putInt(40, 32_000 * seconds);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header);
      out.setLength(44 + 32_000L * seconds);
      for (int second = 0; second + 3 <= seconds; second += everySeconds) {
        out.seek(44 + 32_000L * second);
        out.write(speech);
      }
    }
    return file;
  }

  private Process start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  private Process start(List<String> javaOptions, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("predict", "-m", model.toString()));
    all.addAll(List.of(arguments));
    return SerenadeProcess.start(javaOptions, all);
  }
}
