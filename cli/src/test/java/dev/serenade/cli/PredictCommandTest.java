package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PredictCommandTest extends TinyPrediction {

  /** Half of the last decimal that is written. */
  private static final double SCORE_TOLERANCE = 6e-7;

  /** Rounding of float32 when the same sums are taken in another order. */
  private static final double ROUNDING = 1e-5;

  private Path calls;
  private Path good;

  @BeforeEach
  void writeRecording() throws IOException {
    calls = folder.resolve("calls");
    good = TestSounds.writeSpeech(calls.resolve("good.wav"), 2.5, 1);
  }

  @Test
  void jsonHoldsWhatTheRecognizerHears() throws IOException {
    JsonObject element = first(predict("--format", "json", good));

    try (EmotionRecognizer recognizer = EmotionRecognizer.load(model)) {
      Recognition heard = recognizer.recognize(good);
      assertThat(element.keySet())
          .containsExactly(
              "file", "durationSeconds", "emotion", "confidence", "abstained", "scores");
      assertThat(element.get("file").getAsString()).isEqualTo(good.toString());
      assertThat(element.get("durationSeconds").getAsString()).isEqualTo("2.5");
      assertThat(element.get("emotion").getAsString()).isEqualTo(heard.emotion());
      assertThat(element.get("confidence").getAsDouble())
          .isCloseTo(heard.confidence(), within(SCORE_TOLERANCE));
      assertThat(element.get("abstained").getAsBoolean()).isFalse();
      JsonObject scores = element.getAsJsonObject("scores");
      assertThat(scores.keySet()).containsExactlyElementsOf(TinyModel.LABELS);
      for (String label : TinyModel.LABELS) {
        assertThat(scores.get(label).getAsDouble())
            .isCloseTo(heard.scores().of(label), within(SCORE_TOLERANCE));
      }
    }
  }

  @Test
  void badFilesFailAloneAndInTheirPlace() throws IOException {
    byte[] whole = Files.readAllBytes(good);
    Path empty = Files.createFile(folder.resolve("empty.wav"));
    Path text = Files.writeString(folder.resolve("text.wav"), "no sound, only words\n".repeat(9));
    Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(whole, whole.length / 2));
    Path missing = folder.resolve("missing.wav");
    Path last = TestSounds.writeNoise(folder.resolve("last.wav"), 1, 2);

    CommandRun run = predict("--format", "json", good, empty, text, cut, missing, last);

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(json(run))
        .extracting(PredictCommandTest::emotionOrErrorCode)
        .containsExactly("emotion", "empty", "not-audio", "emotion", "not-found", "emotion");
    assertThat(run.errLines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("serenade: " + folder))
        .satisfiesExactly(
            line -> assertThat(line).contains("empty.wav"),
            line -> assertThat(line).contains("text.wav"),
            line -> assertThat(line).contains("cut.wav: cannot decode 1.2", "all else is scored"),
            line -> assertThat(line).contains("missing.wav"));
  }

  @Test
  void aFailedElementHoldsFileCodeAndMessageOnly() {
    JsonObject element = first(predict("--format", "json", "missing.wav"));

    assertThat(element.keySet()).containsExactly("file", "error");
    assertThat(element.get("file").getAsString()).isEqualTo("missing.wav");
    assertThat(element.getAsJsonObject("error").keySet()).containsExactly("code", "message");
  }

  @Test
  void aFolderStandsForItsAudioFilesSortedByName() throws IOException {
    TestSounds.writeNoise(calls.resolve("b.WAV"), 1, 2);
    TestSounds.writeNoise(calls.resolve("a.wav"), 1, 3);
    TestSounds.writeNoise(calls.resolve("deeper/c.wav"), 1, 4);
    TestSounds.writeNoise(calls.resolve(".hidden.wav"), 1, 5);
    Files.writeString(calls.resolve("notes.txt"), "not for us");

    assertThat(names(predict("--format", "json", calls)))
        .containsExactly("a.wav", "b.WAV", "good.wav");
    assertThat(names(predict("--format", "json", "--recursive", calls)))
        .containsExactly("a.wav", "b.WAV", "deeper/c.wav", "good.wav");
  }

  @Test
  void aFolderWithoutAudioIsReported() throws IOException {
    Path none = Files.createDirectory(folder.resolve("none"));

    CommandRun run = predict("--format", "json", none);

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(emotionOrErrorCode(json(run).get(0))).isEqualTo("no-audio-files");
  }

  @Test
  void aFileThatIsNamedIsTriedWhateverItsExtension() throws IOException {
    Path odd = Files.copy(good, folder.resolve("recording.data"));

    assertThat(predict(odd).exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aDashStandsForStandardInput() throws IOException {
    CommandRun run =
        CommandRun.of(
            CommandRun.SCRIPT, Files.readAllBytes(good), "predict", "-m", model, "-f", "json", "-");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(file(json(run).get(0))).isEqualTo("-");
  }

  @Test
  void scoresDoNotDependOnWhatElseIsHeard() throws IOException {
    Object[] many = new Object[40];
    for (int i = 0; i < many.length; i++) {
      many[i] = TestSounds.writeNoise(folder.resolve("many/%02d.wav".formatted(i)), 1, i);
    }
    JsonArray together = json(predict(with(many, "--format", "json")));

    assertThat(together).hasSize(many.length);
    for (int i : new int[] {0, 7, 39}) {
      JsonElement alone = json(predict("--format", "json", many[i])).get(0);
      assertThat(file(alone)).isEqualTo(file(together.get(i)));
      for (String label : TinyModel.LABELS) {
        assertThat(score(alone, label)).isCloseTo(score(together.get(i), label), within(ROUNDING));
      }
    }
  }

  @Test
  void jsonLinesAreTheElementsOfTheArray() {
    CommandRun run = predict("--format", "jsonl", good, "missing.wav");

    JsonArray array = json(predict("--format", "json", good, "missing.wav"));
    assertThat(run.outLines()).containsExactly(array.get(0).toString(), array.get(1).toString());
  }

  @Test
  void csvQuotesWhatNeedsIt() throws IOException {
    Path awkward = Files.copy(good, folder.resolve("a, \"b\" ü.wav"));

    CommandRun run = predict("--format", "csv", awkward, "mis,sing.wav");

    List<CSVRecord> rows = csv(run);
    assertThat(rows.get(0).toList())
        .containsExactly(
            "file",
            "durationSeconds",
            "emotion",
            "confidence",
            "abstained",
            "angry",
            "happy",
            "neutral",
            "sad",
            "errorCode",
            "errorMessage");
    assertThat(rows).allMatch(row -> row.size() == 11);
    assertThat(rows.get(1).get(0)).isEqualTo(awkward.toString());
    assertThat(rows.get(1).get(1)).isEqualTo("2.5");
    assertThat(rows.get(2).get(0)).isEqualTo("mis,sing.wav");
    assertThat(rows.get(2).get(9)).isEqualTo("not-found");
  }

  @Test
  void numbersDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    String expected = predict("-f", "csv", "-t", good).out() + predict("-t", "-e", good).out();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(predict("-f", "csv", "-t", good).out() + predict("-t", "-e", good).out())
          .isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void outputGoesToAFile() throws IOException {
    Path target = folder.resolve("results.json");

    CommandRun run = predict("-f", "json", "-o", target, good);

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).isEmpty();
    assertThat(Files.readString(target)).isEqualTo(predict("-f", "json", good).out());
  }

  @Test
  void outputThatCannotBeWrittenIsAnError() {
    for (Path target : List.of(folder, folder.resolve("no/such/folder.json"))) {
      CommandRun run = predict("-f", "json", "-o", target, good);

      assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
      assertThat(run.errLines()).singleElement().asString().contains("cannot write " + target);
    }
  }

  @Test
  void aFullDiskIsAnError() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");

    CommandRun run = predict("-f", "jsonl", "-o", full, good);

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.errLines()).singleElement().asString().contains("cannot write /dev/full");
  }

  @Test
  void aRecordingIsNeverOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(good);

    CommandRun run = predict("-o", good, good);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Files.readAllBytes(good)).isEqualTo(before);
  }

  @Test
  void aMissingOrDamagedModelLeavesTheOutputAlone() throws IOException {
    Path target = Files.writeString(folder.resolve("results.json"), "before");
    Path damaged = Files.writeString(folder.resolve("damaged.serenade"), "no model");

    for (Path bad : List.of(folder.resolve("missing.serenade"), damaged, folder)) {
      CommandRun run = CommandRun.of("predict", "-m", bad, "-o", target, good);

      assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
      assertThat(run.out()).isEmpty();
      assertThat(run.errLines()).singleElement().asString().contains(bad.toString());
      assertThat(target).hasContent("before");
    }
  }

  @Test
  void wrongOptionsAreWrongUsage() {
    assertUsage(
        "expected one of table, json, jsonl, csv, srt, vtt, audacity, textgrid, eaf, found xml",
        "--format",
        "xml");
    assertUsage("--window and --hop need --timeline", "--window", "2");
    assertUsage("expected a hop from 0.1 s to the window", "-t", "--window", "2", "--hop", "3");
    assertUsage("expected a window of at least 0.1 s", "-t", "--window", "NaN");
    assertUsage("at least 1 thread is needed", "--threads", "0");
    assertUsage("--explain has no place in csv", "--explain", "-f", "csv");
    assertUsage("Unknown option: '--frobnicate'", "--frobnicate");
  }

  private void assertUsage(String message, Object... options) {
    CommandRun run = predict(with(options, good));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(2).first().asString().contains(message);
  }

  private static Object[] with(Object[] some, Object... others) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray();
  }

  private static Stream<JsonElement> elements(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private List<String> names(CommandRun run) {
    return elements(json(run))
        .map(element -> Path.of(file(element)))
        .map(file -> calls.relativize(file).toString())
        .toList();
  }

  private static String file(JsonElement element) {
    return element.getAsJsonObject().get("file").getAsString();
  }

  private static double score(JsonElement element, String label) {
    return element.getAsJsonObject().getAsJsonObject("scores").get(label).getAsDouble();
  }

  private static String emotionOrErrorCode(JsonElement element) {
    JsonObject object = element.getAsJsonObject();
    return object.has("error")
        ? object.getAsJsonObject("error").get("code").getAsString()
        : "emotion";
  }
}
