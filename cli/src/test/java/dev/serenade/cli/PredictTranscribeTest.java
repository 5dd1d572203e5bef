package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.transcription.Transcriber;
import dev.serenade.transcription.Transcript;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict --transcribe}, with a Whisper of random weights: its words mean nothing. */
final class PredictTranscribeTest {

  private static final Path WHISPER =
      Path.of(
          System.getProperty("serenade.root", ".."),
          "whisper/src/test/resources/dev/serenade/whisper/decoder/tiny-random");

  @TempDir private static Path shared;
  private static Path model;
  private static Path clip;
  private static Path longer;
  private static Transcriber transcriber;

  @TempDir private Path folder;

  @BeforeAll
  static void write() throws IOException {
    model = TinyModel.write(shared.resolve("tiny.serenade"));
    clip = Files.write(shared.resolve("clip.wav"), wav(speech(3)));
    longer =
        Files.write(
            shared.resolve("longer.wav"), wav(speech(7), TestSounds.silentSamples(5), speech(28)));
    transcriber = Transcriber.load(WHISPER, Optional.empty(), SessionSettings.create());
  }

  @AfterAll
  static void close() {
    transcriber.close();
  }

  private static byte[] speech(double seconds) {
    return TestSounds.speechSamples(seconds, (long) (1000 * seconds));
  }

  private static byte[] wav(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return TestSounds.wav(1, all.toByteArray());
  }

  private static CommandRun predict(Object... arguments) {
    return CommandRun.of(
        Stream.concat(Stream.of("predict", "--model", model), Arrays.stream(arguments)).toArray());
  }

  private static CommandRun transcribe(Object... arguments) {
    return predict(
        Stream.concat(Stream.of("--transcribe", "--transcriber", WHISPER), Arrays.stream(arguments))
            .toArray());
  }

  private static JsonObject first(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return JsonParser.parseString(run.out()).getAsJsonArray().get(0).getAsJsonObject();
  }

  private static void assertSaid(JsonObject element, Transcript expected) {
    JsonObject transcript = element.getAsJsonObject("transcript");
    assertThat(transcript.get("text").getAsString()).isEqualTo(expected.text());
    assertThat(Optional.ofNullable(transcript.get("language")).map(code -> code.getAsString()))
        .isEqualTo(expected.language());
  }

  @Test
  void jsonHoldsTheWordsOfEachRecording() throws IOException {
    for (Path recording : List.of(clip, longer)) {
      Transcript expected = transcriber.transcribe(AudioDecoder.create().decode(recording));
      assertThat(expected.text()).isNotEmpty();
      JsonObject element = first(transcribe("-f", "json", recording));
      assertSaid(element, expected);
      assertThat(element.has("emotion")).isTrue();
    }
  }

  @Test
  void timelinesHoldTheWordsOfEachSegment() throws IOException {
    for (Path recording : List.of(clip, longer)) {
      Waveform sound = AudioDecoder.create().decode(recording);
      JsonObject element = first(transcribe("-f", "json", "-t", recording));
      JsonArray timeline = element.getAsJsonArray("timeline");
      assertThat(timeline).isNotEmpty();
      List<Transcript> all = new ArrayList<>();
      for (int i = 0; i < timeline.size(); i++) {
        JsonObject segment = timeline.get(i).getAsJsonObject();
        Transcript expected =
            transcriber.transcribe(
                sound.slice(sample(segment, "startSeconds"), sample(segment, "endSeconds")));
        assertSaid(segment, expected);
        all.add(expected);
      }
      assertThat(all.stream().anyMatch(part -> !part.text().isEmpty())).isTrue();
      assertSaid(element, Transcript.joined(all));
    }
  }

  private static int sample(JsonObject segment, String time) {
    return (int) Math.round(segment.get(time).getAsDouble() * Waveform.SAMPLE_RATE_HZ);
  }

  @Test
  void csvHasAColumn() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.wav"), "no sound");
    CommandRun run = transcribe("-f", "csv", clip, broken);
    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    List<CSVRecord> rows = csv(run);
    String expected = transcriber.transcribe(AudioDecoder.create().decode(clip)).text();
    assertThat(rows.get(0).get("transcript")).isEqualTo(expected);
    assertThat(rows.get(0).get("errorCode")).isEmpty();
    assertThat(rows.get(1).get("transcript")).isEmpty();
    assertThat(rows.get(1).get("errorCode")).isNotEmpty();

    JsonArray timeline = first(transcribe("-f", "json", "-t", longer)).getAsJsonArray("timeline");
    List<CSVRecord> segments = csv(transcribe("-f", "csv", "-t", longer));
    assertThat(segments).hasSize(timeline.size());
    for (int i = 0; i < timeline.size(); i++) {
      assertThat(segments.get(i).get("transcript"))
          .isEqualTo(
              timeline
                  .get(i)
                  .getAsJsonObject()
                  .getAsJsonObject("transcript")
                  .get("text")
                  .getAsString());
    }
  }

  private static List<CSVRecord> csv(CommandRun run) throws IOException {
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(run.out()))
        .getRecords();
  }

  @Test
  void theTableHasALineBelowEachRecording() throws IOException {
    CommandRun run = transcribe(clip);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    String text = transcriber.transcribe(AudioDecoder.create().decode(clip)).text();
    String below = String.join("", run.outLines().subList(2, run.outLines().size()));
    assertThat(below.strip()).startsWith("\"").endsWith("\"");
    assertThat(below.replaceAll("\\W", "")).isEqualTo(text.replaceAll("\\W", ""));
  }

  @Test
  void withoutTheOptionThereAreNoWords() {
    JsonObject element = first(predict("-f", "json", clip));
    assertThat(element.has("transcript")).isFalse();
    assertThat(predict("-f", "csv", clip).outLines().get(0)).doesNotContain("transcript");
  }

  @Test
  void aLanguageCanBeTold() {
    JsonObject element = first(transcribe("-f", "json", "--language", "fr", clip));
    assertThat(element.getAsJsonObject("transcript").get("language").getAsString()).isEqualTo("fr");
    CommandRun unknown = transcribe("--language", "xx", clip);
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err())
        .contains("--language: expected one of the languages [de, en, fr, ja], found xx");
  }

  @Test
  void anEncoderAloneCannotTranscribe() throws IOException {
    for (String file : List.of("config.json", "generation_config.json", "tokenizer.json")) {
      Files.copy(WHISPER.resolve(file), folder.resolve(file));
    }
    try (var in = SafetensorsFile.open(WHISPER.resolve("model.safetensors"));
        var out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
      var writer = new SafetensorsWriter(ElementType.F16);
      for (String name : in.names()) {
        if (name.startsWith("model.encoder.")) {
          writer.add(name, in.read(name));
        }
      }
      writer.write(out);
    }
    CommandRun run = predict("--transcribe", "--transcriber", folder, clip);
    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err())
        .contains("cannot transcribe with " + folder)
        .contains("expected tensors model.decoder.* of a decoder, found none among 37 tensors")
        .contains("serenade models pull openai/whisper-base");
    Files.delete(folder.resolve("tokenizer.json"));
    assertThat(predict("--transcribe", "--transcriber", folder, clip).err())
        .contains("expected a file %s, found none".formatted(folder.resolve("tokenizer.json")));
    CommandRun nowhere = predict("--transcribe", "--transcriber", folder.resolve("none"), clip);
    assertThat(nowhere.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    CommandRun alone = predict("--language", "en", clip);
    assertThat(alone.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(alone.err()).contains("--language needs --transcribe");
    CommandRun captions = transcribe("-f", "srt", clip);
    assertThat(captions.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(captions.err()).contains("--transcribe has no place in srt");
  }
}
