package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Microphone;
import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenCommandTest {

  /** Half of the last decimal that is written, and rounding in another order of sums. */
  private static final double SCORE_TOLERANCE = 1.1e-5;

  @TempDir static Path folder;
  private static Path model;
  private static byte[] samples;

  @BeforeAll
  static void write() throws IOException {
    model = TinyModel.write(folder.resolve("tiny.serenade"));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(TestSounds.speechSamples(6, 1));
    all.writeBytes(TestSounds.silentSamples(3));
    all.writeBytes(TestSounds.speechSamples(4.3, 2));
    samples = all.toByteArray();
  }

  private static CommandRun listen(byte[] in, Object... arguments) {
    return listen(CommandRun.SCRIPT, in, arguments);
  }

  private static CommandRun listen(Display display, byte[] in, Object... arguments) {
    return CommandRun.of(
        display,
        in,
        Stream.concat(Stream.of("listen", "--model", model), Arrays.stream(arguments)).toArray());
  }

  private static List<JsonObject> lines(CommandRun run, String type) {
    return run.outLines().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(json -> json.get("type").getAsString().equals(type))
        .toList();
  }

  @Test
  void liveSoundHasTheTimelineOfTheRecording() throws IOException {
    CommandRun run = listen(samples, "-", "-f", "jsonl", "--window", "2", "--hop", "0.5");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).isEmpty();
    try (EmotionRecognizer recognizer = EmotionRecognizer.load(model)) {
      var waveform = AudioDecoder.create().decode(TestSounds.wav(1, samples), "samples");
      List<TimelineSegment> expected = new Timeline(2, 0.5).of(recognizer, waveform);
      List<JsonObject> segments = lines(run, "segment");
      assertThat(segments).hasSameSizeAs(expected).hasSizeGreaterThan(1);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(segments.get(i).get("emotion").getAsString())
            .isEqualTo(expected.get(i).emotion());
        assertThat(segments.get(i).get("confidence").getAsDouble())
            .isCloseTo(expected.get(i).confidence(), within(SCORE_TOLERANCE));
      }
      for (JsonObject window : lines(run, "window")) {
        int start = (int) Math.round(16_000 * window.get("startSeconds").getAsDouble());
        int end = (int) Math.round(16_000 * window.get("endSeconds").getAsDouble());
        if (window.has("scores")) {
          assertThat(window.get("confidence").getAsDouble())
              .isCloseTo(
                  recognizer.recognize(waveform.slice(start, end)).confidence(),
                  within(SCORE_TOLERANCE));
        }
      }
    }
  }

  @Test
  void windowsAreScoredByWordsToo() throws IOException {
    CommandRun run =
        CommandRun.of(
            CommandRun.SCRIPT,
            samples,
            "listen",
            "--model",
            SoundAndWords.MODEL,
            "--transcriber",
            SoundAndWords.WHISPER,
            "-",
            "-f",
            "jsonl");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    try (EmotionRecognizer recognizer = SoundAndWords.recognizer(RecognizerSettings.create())) {
      var waveform = AudioDecoder.create().decode(TestSounds.wav(1, samples), "samples");
      List<JsonObject> scored =
          lines(run, "window").stream().filter(window -> window.has("scores")).toList();
      assertThat(scored).hasSizeGreaterThan(3);
      for (JsonObject window : scored) {
        int start = (int) Math.round(16_000 * window.get("startSeconds").getAsDouble());
        int end = (int) Math.round(16_000 * window.get("endSeconds").getAsDouble());
        var expected = recognizer.recognize(waveform.slice(start, end)).scores();
        for (String emotion : recognizer.labels()) {
          assertThat(window.getAsJsonObject("scores").get(emotion).getAsDouble())
              .isCloseTo(expected.of(emotion), within(SCORE_TOLERANCE));
        }
      }
      assertThat(recognizer.words().orElseThrow().decodings()).isPositive();
    }
  }

  @Test
  void eachHopHasALineAndNoneIsDroppedHoweverFastTheSamplesCome() {
    List<JsonObject> windows =
        lines(listen(samples, "-", "-f", "jsonl", "--window", "1", "--hop", "0.1"), "window");

    assertThat(windows).hasSize(124);
    assertThat(windows).noneMatch(window -> window.get("dropped").getAsBoolean());
    assertThat(windows.get(0).keySet())
        .containsExactly(
            "type",
            "startSeconds",
            "endSeconds",
            "speech",
            "dropped",
            "emotion",
            "confidence",
            "scores");
    assertThat(windows.get(75).keySet())
        .containsExactly("type", "startSeconds", "endSeconds", "speech", "dropped");
    assertThat(windows.get(75).get("speech").getAsBoolean()).isFalse();
  }

  @Test
  void otherRatesAndChannelsAreResampledAndMixed() {
    byte[] stereo = new byte[2 * samples.length];
    for (int i = 0; i < samples.length; i += 2) {
      System.arraycopy(samples, i, stereo, 2 * i, 2);
      System.arraycopy(samples, i, stereo, 2 * i + 2, 2);
    }
    CommandRun mono = listen(samples, "-", "-f", "jsonl", "--rate", "8000");

    assertThat(listen(stereo, "-", "-f", "jsonl", "--channels", "2").out())
        .isEqualTo(listen(samples, "-", "-f", "jsonl").out());
    List<JsonObject> windows = lines(mono, "window");
    assertThat(windows.get(windows.size() - 1).get("endSeconds").getAsDouble()).isEqualTo(26.6);
  }

  @Test
  void theTableHasARowPerSegment() {
    CommandRun run = listen(samples, "-");

    assertThat(run.outLines().get(0)).startsWith("Time").contains("Emotion", "angry");
    assertThat(run.outLines()).hasSizeGreaterThan(2);
    assertThat(run.outLines().get(1)).startsWith("  0:00.").contains("%");
    assertThat(run.out()).doesNotContain("\u001b", "\r");
  }

  @Test
  void aTerminalShowsTheNewestScoresInPlace() {
    Display display = new Display(true, true, 80, StandardCharsets.UTF_8, true, false);

    CommandRun run = listen(display, samples, "-", "--window", "1", "--hop", "0.5");

    assertThat(run.out()).contains("> 0:04.0", "\r\u001b[K").contains("silence");
    // What stays on the terminal once it is over.
    for (String line : run.out().split("\n", -1)) {
      String shown = line.substring(line.lastIndexOf("\u001b[K") + 1).replace("[K", "");
      assertThat(shown.length()).isLessThan(80);
      assertThat(shown).doesNotContain(">");
    }
  }

  @Test
  void withoutAMicrophoneItSaysSo() {
    assumeTrue(Microphone.devices().isEmpty(), "this machine has a microphone");

    CommandRun run = listen(new byte[0]);
    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.errLines()).hasSize(1);
    assertThat(listen(new byte[0], "--list-microphones").exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
  }

  @Test
  void nothingToHearIsNoError() {
    CommandRun run = listen(new byte[1], "-", "-f", "jsonl");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    for (Object[] options :
        new Object[][] {
          {"call.wav"},
          {"-", "--microphone", "front"},
          {"--rate", "8000"},
          {"-", "--rate", "0"},
          {"-", "--channels", "99"},
          {"-", "--hop", "9"},
          {"-", "--threads", "0"},
          {"-", "-f", "json"}
        }) {
      CommandRun run = listen(samples, options);
      assertThat(run.exitCode()).as("%s", List.of(options)).isEqualTo(ExitCode.USAGE);
      assertThat(run.errLines()).hasSize(2);
    }
  }

  @Test
  void helpShowsExamples() {
    CommandRun run = CommandRun.of("listen", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("--list-microphones", "--rate", "Examples:");
  }
}
