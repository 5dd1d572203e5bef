package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.recognition.text.TokenStates;
import dev.serenade.transcription.Transcriber;
import dev.serenade.transcription.Transcript;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --transcriber}: a model that goes by words, and its Whisper in a place of its own. */
final class TranscriberOptionTest {

  private static final byte[] SAMPLES = TestSounds.speechSamples(3, 1);

  @TempDir private static Path folder;
  private static Path manifest;
  private static Path clip;

  /** As the model's, but for a line break. */
  private static Path other;

  @BeforeAll
  static void write() throws IOException {
    manifest = TinyCorpus.write(folder).voices();
    clip = Files.write(folder.resolve("clip.wav"), TestSounds.wav(1, SAMPLES));
    other = Files.createDirectories(folder.resolve("other"));
    for (String file :
        List.of("config.json", "generation_config.json", "tokenizer.json", "model.safetensors")) {
      Files.copy(SoundAndWords.WHISPER.resolve(file), other.resolve(file));
    }
    Files.writeString(other.resolve("config.json"), "\n", StandardOpenOption.APPEND);
  }

  /** Every command that recognises, with this model. */
  private static List<List<Object>> commands(Object model) {
    Path report = folder.resolve("report");
    return List.of(
        List.of("predict", "-m", model, "-f", "json", clip),
        List.of("predict", "-m", model, "-f", "json", "-t", clip),
        List.of("listen", "-m", model, "-f", "jsonl", "-"),
        List.of("serve", "-m", model, "--check"),
        List.of("evaluate", "-m", model, "--manifest", manifest, "--report", report),
        List.of(
            "stress",
            "-m",
            model,
            "--manifest",
            manifest,
            "--report",
            report,
            "--tests",
            "correctness",
            "--require",
            "0"),
        List.of("bench", "-m", model, "--quick", "--rounds", 1, "--seconds", 1, "--threads", 1));
  }

  private static CommandRun run(List<Object> command, Object... more) {
    return CommandRun.of(
        CommandRun.SCRIPT, SAMPLES, Stream.concat(command.stream(), Stream.of(more)).toArray());
  }

  private static void assertCannotRun(CommandRun run, List<Object> command, String... messages) {
    assertThat(run.exitCode()).as("%s: %s", command, run.err()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err()).contains(messages).doesNotContain("internal error");
  }

  @Test
  void everyCommandThatRecognisesTakesTheWhisperFromElsewhere() {
    for (List<Object> command : commands(SoundAndWords.MODEL)) {
      CommandRun found = run(command, "--transcriber", SoundAndWords.WHISPER);
      assertThat(found.exitCode()).as("%s: %s", command, found.err()).isEqualTo(ExitCode.DONE);
      assertThat(found.out()).as("%s", command).isNotEmpty();
    }
  }

  @Test
  void withoutItTheWayToNameItIsSaid() {
    for (List<Object> command : commands(SoundAndWords.MODEL)) {
      assertCannotRun(
          run(command),
          command,
          "goes by words too, which takes the decoder of tiny-random",
          "or name its folder by serenade's --transcriber");
    }
  }

  @Test
  void anotherWhisperIsRefusedWithBothHashes() throws IOException {
    String expected = TokenStates.of(SoundAndWords.WHISPER, Optional.empty()).sha256();
    String found = TokenStates.of(other, Optional.empty()).sha256();
    for (List<Object> command : commands(SoundAndWords.MODEL)) {
      assertCannotRun(
          run(command, "--transcriber", other),
          command,
          "trained with the decoder of tiny-random with SHA-256 " + expected,
          "found one with %s in %s".formatted(found, other));
    }
  }

  @Test
  void aModelOfTheSoundAloneHasNoUseForIt() throws IOException {
    Path alone = TinyModel.write(folder.resolve("alone.serenade"));
    for (List<Object> command : commands(alone)) {
      assertCannotRun(
          run(command, "--transcriber", SoundAndWords.WHISPER),
          command,
          "--transcriber: expected a model that goes by words, found one that goes by the sound");
    }
  }

  @Test
  void finishedModelsHaveTheirOwnLanguageAndPooling() {
    List<Object> evaluate = commands(SoundAndWords.MODEL).get(4);
    for (List<String> option :
        List.of(List.of("--language", "en"), List.of("--text-pooling", "qkv"))) {
      CommandRun run = run(evaluate, option.toArray());
      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("--text-pooling and --language need --protocol");
    }
  }

  private static JsonObject first(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return JsonParser.parseString(run.out()).getAsJsonArray().get(0).getAsJsonObject();
  }

  @Test
  void theSameWhisperWritesInTheLanguageOfTheModelOrAnother() throws IOException {
    List<Object> predict = commands(SoundAndWords.MODEL).get(0);
    JsonObject plain = first(run(predict, "--transcriber", SoundAndWords.WHISPER));
    for (Optional<String> language : List.of(Optional.<String>empty(), Optional.of("fr"))) {
      JsonObject element =
          first(
              run(
                  predict,
                  Stream.concat(
                          Stream.of("--transcribe", "--transcriber", SoundAndWords.WHISPER),
                          language.stream().flatMap(code -> Stream.of("--language", code)))
                      .toArray()));
      String spoken = language.orElse("de");
      JsonObject transcript = element.remove("transcript").getAsJsonObject();
      // To the last digit that is written.
      assertThat(element).isEqualTo(plain);
      assertThat(transcript.get("language").getAsString()).isEqualTo(spoken);
      try (Transcriber alone =
          Transcriber.load(SoundAndWords.WHISPER, Optional.of(spoken), SessionSettings.create())) {
        Transcript expected = alone.transcribe(AudioDecoder.create().decode(clip));
        assertThat(transcript.get("text").getAsString()).isNotEmpty().isEqualTo(expected.text());
      }
    }
  }

  @Test
  void wordsThatWeighNothingAreWrittenAllTheSame() throws IOException {
    Path file = folder.resolve("weighs-nothing.serenade");
    SoundAndWords.write(1, file);
    List<Object> predict = List.of("predict", "-m", file, "-f", "json", clip);
    JsonObject plain = first(run(predict, "--transcriber", SoundAndWords.WHISPER));
    JsonObject written =
        first(run(predict, "--transcriber", SoundAndWords.WHISPER, "--transcribe"));
    JsonObject transcript = written.remove("transcript").getAsJsonObject();
    assertThat(written).isEqualTo(plain);
    assertThat(plain)
        .isNotEqualTo(
            first(
                run(commands(SoundAndWords.MODEL).get(0), "--transcriber", SoundAndWords.WHISPER)));
    assertThat(transcript.get("text").getAsString()).isNotEmpty();
    assertThat(transcript.get("language").getAsString()).isEqualTo("de");
  }

  @Test
  void aWhisperWithoutATokenizerRecognisesButDoesNotWrite() throws IOException {
    Path decoder = Files.createDirectories(folder.resolve("no-tokenizer"));
    for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
      Files.copy(SoundAndWords.WHISPER.resolve(file), decoder.resolve(file));
    }
    List<Object> predict = commands(SoundAndWords.MODEL).get(0);
    first(run(predict, "--transcriber", decoder));
    assertCannotRun(
        run(predict, "--transcriber", decoder, "--transcribe"),
        predict,
        "cannot transcribe with " + decoder,
        "tokenizer.json");
  }
}
