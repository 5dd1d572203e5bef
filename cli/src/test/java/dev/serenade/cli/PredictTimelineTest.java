package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code predict} of recordings that are long or damaged, and their timelines. */
final class PredictTimelineTest extends TinyPrediction {

  /** Half of the last decimal that is written, and rounding in another order of sums. */
  private static final double SCORE_TOLERANCE = 1.1e-5;

  private static Path clip;
  private static Path call;

  @BeforeAll
  static void writeRecordings() throws IOException {
    clip = Files.write(shared.resolve("clip.wav"), wav(speech(7), silence(5), speech(3)));
    call =
        Files.write(
            shared.resolve("call.wav"), wav(speech(40), silence(20), speech(35.5), silence(9)));
  }

  private static byte[] speech(double seconds) {
    return TestSounds.speechSamples(seconds, (long) (1000 * seconds));
  }

  private static byte[] silence(double seconds) {
    return TestSounds.silentSamples(seconds);
  }

  private static byte[] wav(byte[]... parts) {
    return TestSounds.wav(1, TestSounds.join(parts));
  }

  private static JsonArray timeline(JsonObject element) {
    return element.getAsJsonArray("timeline");
  }

  @Test
  void theTimelineHoldsTheSegmentsOfTheRecording() throws IOException {
    for (Path recording : List.of(clip, call)) {
      CommandRun run = predict("-f", "json", "-t", recording);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
      JsonObject element = first(run);

      try (EmotionRecognizer recognizer = EmotionRecognizer.load(model)) {
        var waveform = AudioDecoder.create().decode(recording);
        List<TimelineSegment> expected = Timeline.DEFAULT.of(recognizer, waveform);
        assertThat(expected).hasSizeGreaterThan(1);
        assertThat(timeline(element)).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
          assertSame(timeline(element).get(i).getAsJsonObject(), expected.get(i));
        }
        Recognition whole = recognizer.recognize(waveform);
        assertThat(element.get("durationSeconds").getAsDouble()).isEqualTo(whole.durationSeconds());
        for (String label : TinyModel.LABELS) {
          assertThat(element.getAsJsonObject("scores").get(label).getAsDouble())
              .isCloseTo(whole.scores().of(label), within(SCORE_TOLERANCE));
        }
      }
    }
  }

  private static void assertSame(JsonObject found, TimelineSegment expected) {
    assertThat(found.keySet())
        .containsExactly(
            "startSeconds", "endSeconds", "emotion", "confidence", "abstained", "scores");
    assertThat(found.get("startSeconds").getAsDouble())
        .isCloseTo(expected.startSeconds(), within(5.1e-4));
    assertThat(found.get("endSeconds").getAsDouble())
        .isCloseTo(expected.endSeconds(), within(5.1e-4));
    assertThat(found.get("emotion").getAsString()).isEqualTo(expected.emotion());
    assertThat(found.get("confidence").getAsDouble())
        .isCloseTo(expected.confidence(), within(SCORE_TOLERANCE));
    for (String label : TinyModel.LABELS) {
      assertThat(found.getAsJsonObject("scores").get(label).getAsDouble())
          .isCloseTo(expected.scores().of(label), within(SCORE_TOLERANCE));
    }
  }

  @Test
  void longAndShortRecordingsHaveTheSameMembersInTheSameOrder() {
    JsonArray both = json(predict("-f", "json", "-t", clip, call, clip));

    assertThat(both).hasSize(3);
    for (JsonElement element : both) {
      assertThat(element.getAsJsonObject().keySet())
          .containsExactly(
              "file",
              "timeline",
              "durationSeconds",
              "emotion",
              "confidence",
              "abstained",
              "scores");
    }
    CommandRun lines = predict("-f", "jsonl", "-t", clip, call, clip);
    assertThat(lines.outLines())
        .containsExactlyElementsOf(both.asList().stream().map(JsonElement::toString).toList());
  }

  @Test
  void aLongRecordingWithoutATimelineIsOneElement() {
    JsonObject element = first(predict("-f", "json", call));

    assertThat(element.keySet())
        .containsExactly("file", "durationSeconds", "emotion", "confidence", "abstained", "scores");
    assertThat(element.get("durationSeconds").getAsDouble()).isEqualTo(104.5);
    assertThat(element.get("scores"))
        .isEqualTo(first(predict("-f", "json", "-t", call)).get("scores"));
  }

  @Test
  void csvHasARowPerSegment() throws IOException {
    List<CSVRecord> rows = csv(predict("-f", "csv", "-t", clip, call, "no.wav"));
    int ofClip = timeline(first(predict("-f", "json", "-t", clip))).size();
    int ofCall = timeline(first(predict("-f", "json", "-t", call))).size();

    assertThat(rows).hasSize(1 + ofClip + ofCall + 1).allMatch(row -> row.size() == 13);
    assertThat(rows.get(0).toList())
        .startsWith("file", "durationSeconds", "startSeconds", "endSeconds", "emotion");
    assertThat(rows.subList(1, 1 + ofClip)).allMatch(row -> row.get(1).equals("15.0"));
    assertThat(rows.subList(1 + ofClip, 1 + ofClip + ofCall))
        .allMatch(row -> row.get(1).equals("104.5"));
    assertThat(rows.get(1 + ofClip + ofCall).get(11)).isEqualTo("not-found");
  }

  @Test
  void theTableShowsSegmentsAndThenAllOfALongRecording() {
    CommandRun run = predict("-t", call);

    assertThat(run.outLines().get(1)).isEqualTo(call.toString());
    assertThat(run.outLines().get(2)).startsWith("  0:0").contains("%");
    assertThat(run.outLines().get(run.outLines().size() - 1)).startsWith("  all ").contains("1:45");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 140})
  void theTableFitsTheTerminal(int columns) {
    Display display = new Display(true, true, columns, StandardCharsets.US_ASCII, false, false);
    CommandRun run =
        CommandRun.of(
            display, new byte[0], "predict", "-m", model, "-t", "--channels", "split", clip, call);

    assertThat(run.outLines()).hasSizeGreaterThan(5).allMatch(line -> line.length() <= columns);
  }

  @Test
  void whatCannotBeDecodedIsAGapAndTheRestIsScored() throws IOException {
    for (Path whole : List.of(clip, call)) {
      byte[] bytes = Files.readAllBytes(whole);
      Path cut =
          Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, bytes.length - 64_000));

      CommandRun run = predict("-f", "json", "-t", cut);

      assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
      JsonObject element = first(run);
      assertThat(timeline(element)).isNotEmpty();
      JsonObject gap = element.getAsJsonArray("gaps").get(0).getAsJsonObject();
      assertThat(gap.keySet()).containsExactly("startSeconds", "endSeconds", "message");
      double end = (bytes.length - 44) / 32_000.0;
      assertThat(gap.get("startSeconds").getAsDouble()).isCloseTo(end - 2, within(0.01));
      assertThat(gap.get("endSeconds").getAsDouble()).isCloseTo(end, within(0.01));
      assertThat(run.errLines())
          .singleElement()
          .asString()
          .startsWith("serenade: " + cut + ": cannot decode ")
          .endsWith("; all else is scored");
      List<CSVRecord> rows = csv(predict("-f", "csv", "-t", cut));
      assertThat(rows.get(rows.size() - 1).get(11)).isEqualTo("incomplete");
      assertThat(csv(predict("-f", "csv", cut)).get(1).get(9)).isEqualTo("incomplete");
      assertThat(predict("-t", cut).out()).contains("error: ");
    }
  }

  @Test
  void damageInTheMiddleOfAFileIsAGapAndTheTimesAfterItStay() throws IOException {
    Path sample =
        Path.of(System.getProperty("serenade.root", ".."), "samples", "angry-12a05Wb.flac");
    byte[] bytes = Files.readAllBytes(sample);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 2000, (byte) 0x55);
    Path damaged = Files.write(folder.resolve("damaged.flac"), bytes);

    Path picture = folder.resolve("damaged.svg");

    CommandRun run = predict("-f", "json", "-t", "--plot", picture, damaged);

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    JsonObject element = first(run);
    double seconds = element.get("durationSeconds").getAsDouble();
    assertThat(seconds)
        .isEqualTo(first(predict("-f", "json", sample)).get("durationSeconds").getAsDouble());
    JsonObject gap = element.getAsJsonArray("gaps").get(0).getAsJsonObject();
    assertThat(gap.get("startSeconds").getAsDouble()).isBetween(0.1, seconds / 2 + 0.3);
    assertThat(gap.get("endSeconds").getAsDouble()).isLessThan(seconds);
    assertThat(timeline(element)).isNotEmpty();
    assertThat(picture).content().contains("not decodable", gap.get("message").getAsString());
  }

  @Test
  void captionsOfOneRecordingGoWhereTheyAreSent() throws IOException {
    CommandRun run = predict("-f", "srt", call);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .startsWith("1\n00:00:0")
        .containsPattern("\n(angry|happy|neutral|sad) \\d+ %\n");

    Path file = folder.resolve("call.srt");
    assertThat(predict("-f", "srt", "-o", file, call).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(file).hasContent(run.out());
    Path subtitles = folder.resolve("subtitles");
    assertThat(predict("-f", "srt", "-o", subtitles, call).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(subtitles.resolve("call.srt")).hasContent(run.out());
  }

  @Test
  void captionsOfSeveralHaveAFileEachInAFolder() throws IOException {
    Path twin = Files.copy(clip, Files.createDirectories(folder.resolve("b")).resolve("clip.wav"));
    for (String[] format :
        new String[][] {
          {"srt", "srt"},
          {"vtt", "vtt"},
          {"audacity", "txt"},
          {"textgrid", "TextGrid"},
          {"eaf", "eaf"}
        }) {
      Path target = folder.resolve(format[0]);

      CommandRun run = predict("-f", format[0], "-o", target, clip, call, twin, "no.wav");

      assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
      assertThat(run.out()).isEmpty();
      try (Stream<Path> files = Files.list(target)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder(
                "call." + format[1], "clip.wav." + format[1], "clip.wav-2." + format[1]);
      }
    }
    CommandRun nowhere = predict("-f", "vtt", clip, call);
    assertThat(nowhere.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(nowhere.err()).contains("use --output FOLDER");
  }

  @Test
  void aPictureIsDrawnAsItsNameSays() throws Exception {
    Path svg = folder.resolve("call.svg");
    Path png = folder.resolve("clip.png");

    assertThat(predict("--plot", svg, call).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(predict("-t", "--plot", png, clip).exitCode()).isEqualTo(ExitCode.DONE);

    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(Files.readString(svg)).contains("1:30", "nobody speaks", ">angry<");
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1920);
    assertThat(predict("--plot", svg, call).out()).doesNotContain("  all");
  }

  @Test
  void picturesOfSeveralGoToAFolder() {
    Path pictures = folder.resolve("pictures");

    assertThat(predict("--plot", pictures, clip, call).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(pictures.resolve("clip.svg")).exists();
    assertThat(pictures.resolve("call.svg")).exists();
    CommandRun one = predict("--plot", folder.resolve("a.svg"), clip, call);
    assertThat(one.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(one.err()).contains("--plot: of several recordings or channels, a folder expected");
  }

  @Test
  void whatWouldBeOverwrittenIsRefused() throws IOException {
    Path odd = Files.copy(clip, folder.resolve("odd.svg"));
    byte[] before = Files.readAllBytes(odd);

    assertThat(predict("--plot", odd, odd).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Files.readAllBytes(odd)).isEqualTo(before);
  }

  @Test
  void aFullDiskIsAnErrorInEveryFormat() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    for (String format :
        List.of("table", "json", "jsonl", "csv", "srt", "vtt", "textgrid", "eaf")) {
      CommandRun run = predict("-t", "-f", format, "-o", full, call);

      assertThat(run.exitCode()).as(format).isEqualTo(ExitCode.CANNOT_RUN);
      assertThat(run.errLines()).singleElement().asString().contains("cannot write /dev/full");
    }
  }

  @Test
  void manySmallFilesAmongLongOnesKeepTheirOrder() throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("-f", "json"));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Path file =
          i % 20 == 7
              ? Files.copy(call, folder.resolve("long%02d.wav".formatted(i)))
              : TestSounds.writeSpeech(folder.resolve("short%02d.wav".formatted(i)), 0.3, i);
      arguments.add(file);
      names.add(file.toString());
    }

    JsonArray elements = json(predict(arguments.toArray()));

    assertThat(elements)
        .extracting(element -> element.getAsJsonObject().get("file").getAsString())
        .containsExactlyElementsOf(names);
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThat(predict("--channels", "left", clip).err())
        .contains("expected mix, split or the number of a channel, counted from 1, found left");
    assertThat(predict("--channels", "0", clip).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(predict("-f", "srt", "-e", clip).err()).contains("--explain has no place in srt");
  }
}
