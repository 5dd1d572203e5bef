package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.fusion.LateFusion;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.recognition.text.TextDescription;
import dev.serenade.recognition.text.TextScorer;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --modality both}, with a Whisper of random weights: its words mean nothing. */
final class TrainModalityTest {

  private static final Path WHISPER =
      Path.of(
          System.getProperty("serenade.root", ".."),
          "whisper/src/test/resources/dev/serenade/whisper/decoder/tiny-random");

  @TempDir private static Path folder;
  private static TinyCorpus corpus;
  private static Path manifest;
  private static Path model;

  /** The same, which names the decoder by its folder, as none is kept under its name. */
  private static Path usable;

  private static CommandRun training;

  @TempDir private Path out;

  /** Writes the model anew, with its decoder to be found there. */
  private static Path pointingAt(Path decoder, Path file) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(model));
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        zip.putNextEntry(new ZipEntry(entry.getName()));
        zip.write(entry.getName().equals("model.json") ? renamed(content, decoder) : content);
      }
    }
    return file;
  }

  private static byte[] renamed(byte[] json, Path decoder) {
    String named = "\"name\": \"tiny-random\"";
    String text = new String(json, StandardCharsets.UTF_8);
    assertThat(text).containsOnlyOnce(named);
    return text.replace(named, "\"name\": \"%s\"".formatted(decoder.toAbsolutePath()))
        .getBytes(StandardCharsets.UTF_8);
  }

  @BeforeAll
  static void train() throws IOException {
    corpus = TinyCorpus.write(folder);
    manifest = corpus.voices();
    model = folder.resolve("both.serenade");
    training = train(model, "--threads", 1);
    usable = pointingAt(WHISPER, folder.resolve("usable.serenade"));
  }

  private static CommandRun train(Path model, Object... arguments) {
    return corpus.run(
        "train",
        Stream.concat(
                Stream.of("--manifest", manifest, "--out", model, "--modality", "both"),
                Stream.concat(
                    Stream.of("--transcriber", WHISPER, "--language", "de"), Stream.of(arguments)))
            .toArray());
  }

  private static byte[] entry(Path model, String name) throws IOException {
    try (ZipFile zip = new ZipFile(model.toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  private static void assertCannotRun(CommandRun run, String message) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err()).contains(message).doesNotContain("internal error");
  }

  private static ModelDescription description(Path model) throws IOException {
    return ModelFile.readHead(model).description();
  }

  @Test
  void aModelOfBothIsTrainedAndSaysWhatItIs() throws IOException {
    assertThat(training.exitCode()).as(training.err()).isEqualTo(ExitCode.DONE);
    assertThat(training.err())
        .contains("[1/2] audio, qkv", "[2/2] text, mean")
        .contains("What is said is known of 0 of 16 clips only");
    assertThat(training.out())
        .startsWith(model + ": epochs ")
        .contains("unweighted average recall on 1 held-out speaker, weight of the audio ");
    assertThat(Path.of(model + ".checkpoint")).doesNotExist();
    ModelDescription description = description(model);
    TextDescription text = description.text().orElseThrow();
    assertThat(text.decoder()).isEqualTo("tiny-random");
    assertThat(text.language()).contains("de");
    assertThat(description.heldOut().orElseThrow().clips()).isEqualTo(4);
    assertThat(description.provenance())
        .containsEntry("modality", "both")
        .containsEntry("fusionClips", "4")
        .containsKeys("bestEpoch", "text.bestEpoch", "text.pooling");
    assertThat(Files.readString(Path.of(model + ".card.md")))
        .contains("It goes by what is said too")
        .contains("weight of the audio")
        .contains("What is said is known of 0 of 16 clips only");

    CommandRun info = CommandRun.of("models", "info", model, "--format", "json");
    JsonObject facts = JsonParser.parseString(info.out()).getAsJsonObject().getAsJsonObject("text");
    assertThat(facts.get("decoder").getAsString()).isEqualTo("tiny-random");
    assertThat(facts.get("audioWeight").getAsDouble()).isEqualTo(text.audioWeight());
  }

  @Test
  void predictionsAreTheTwoHeadsFusedByTheWeight() throws IOException {
    Path clip = folder.resolve("voice-sad-1-0.wav");
    Waveform sound = AudioDecoder.create().decode(clip);
    CommandRun run = CommandRun.of("predict", "-m", usable, "-f", "json", clip);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonObject scores =
        JsonParser.parseString(run.out())
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("scores");

    try (EmotionModel both = ModelFile.read(usable, EncoderLocator.create());
        EmotionModel alone = soundAlone(both);
        EmotionRecognizer bySound = EmotionRecognizer.of(alone, new SessionSettings(1));
        TextScorer byWords =
            TextScorer.of(
                both.text().orElseThrow(),
                both.description().labels(),
                new SessionSettings(1),
                false)) {
      ClassProbabilities audio = probabilities(bySound.recognize(sound).scores());
      ClassProbabilities text = probabilities(byWords.scores(List.of(sound)).get(0));
      double weight = both.description().text().orElseThrow().audioWeight();
      ClassProbabilities fused = new LateFusion(weight).fuse(audio, text);
      for (int k = 0; k < fused.classes().size(); k++) {
        // As printed, and from the audio on other threads.
        assertThat(scores.get(fused.classes().get(k)).getAsDouble())
            .isCloseTo(fused.get(k), within(1e-4));
      }
    }
  }

  private static ClassProbabilities probabilities(EmotionScores scores) {
    return ClassProbabilities.of(
        List.copyOf(scores.probabilities().keySet()),
        scores.probabilities().values().stream().mapToDouble(value -> value).toArray());
  }

  private static EmotionModel soundAlone(EmotionModel both) {
    ModelDescription all = both.description();
    return new EmotionModel(
        new ModelDescription(
            all.labels(),
            all.encoder(),
            all.window(),
            all.head(),
            all.temperature(),
            all.provenance(),
            all.licences(),
            all.heldOut()),
        both.head(),
        both.encoder());
  }

  @Test
  void theSameSeedGivesTheSameHeadsAndWeightOnAnyNumberOfThreads() throws IOException {
    Path again = out.resolve("again.serenade");
    assertThat(train(again, "--threads", 3).exitCode()).isEqualTo(ExitCode.DONE);

    for (String entry : List.of("head.safetensors", "text.safetensors", "encoder.safetensors")) {
      assertThat(entry(again, entry)).as(entry).isEqualTo(entry(model, entry));
    }
    assertThat(description(again).text()).isEqualTo(description(model).text());
    assertThat(description(again).heldOut()).isEqualTo(description(model).heldOut());
  }

  @Test
  void aRunThatWasStoppedGoesOnWithBothHeads() throws IOException {
    Path stopped = out.resolve("stopped.serenade");
    // The card cannot be written, so the run ends before its checkpoints are deleted.
    Path card = Files.createDirectory(out.resolve("stopped.serenade.card.md"));
    assertThat(train(stopped).exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    try (Stream<Path> checkpoints = Files.list(Path.of(stopped + ".checkpoint"))) {
      assertThat(checkpoints.map(file -> String.valueOf(file.getFileName())))
          .anyMatch(name -> name.startsWith("audio-"))
          .anyMatch(name -> name.startsWith("text-"));
    }
    Files.delete(card);
    Files.delete(stopped);
    CommandRun again = train(stopped);

    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.err()).doesNotContain("epoch  1/3");
    assertThat(Path.of(stopped + ".checkpoint")).doesNotExist();
    for (String entry : List.of("head.safetensors", "text.safetensors")) {
      assertThat(entry(stopped, entry)).as(entry).isEqualTo(entry(model, entry));
    }
    assertThat(description(stopped).text()).isEqualTo(description(model).text());
  }

  @Test
  void theSoundsHeadIsTheOneThatItWouldBeAlone() throws IOException {
    Path alone = out.resolve("alone.serenade");
    CommandRun run = corpus.run("train", "--manifest", manifest, "--out", alone);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);

    assertThat(entry(alone, "head.safetensors")).isEqualTo(entry(model, "head.safetensors"));
    assertThat(new String(entry(alone, "model.json"), StandardCharsets.UTF_8))
        .contains("\"formatVersion\": 1,");
    try (ZipFile zip = new ZipFile(alone.toFile())) {
      assertThat(zip.getEntry("text.safetensors")).isNull();
    }
  }

  @Test
  void aFinishedModelIsScoredByBoth() throws IOException {
    Path report = out.resolve("report");
    CommandRun run =
        CommandRun.of("evaluate", "--manifest", manifest, "--model", usable, "--report", report);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readAllLines(report.resolve("predictions.csv"))).hasSize(17);

    assertCannotRun(
        CommandRun.of(
            "evaluate",
            "--manifest",
            manifest,
            "--model",
            usable,
            "--report",
            report,
            "--explanations",
            2),
        "--explanations: a model that goes by sound and words cannot be taken apart");
  }

  @Test
  void timelinesAndExplanationsAreOfBoth() throws IOException {
    Path clip = folder.resolve("voice-sad-1-0.wav");
    Path alone = out.resolve("alone.serenade");
    try (EmotionModel both = ModelFile.read(usable, EncoderLocator.create())) {
      ModelFile.write(soundAlone(both), true, alone);
    }
    for (String wish : List.of("--timeline", "--explain")) {
      CommandRun words = CommandRun.of("predict", "-m", usable, "-f", "json", wish, clip);
      CommandRun sound = CommandRun.of("predict", "-m", alone, "-f", "json", wish, clip);
      assertThat(words.exitCode()).as(words.err()).isEqualTo(ExitCode.DONE);
      String member = wish.equals("--timeline") ? "timeline" : "occlusion";
      assertThat(member(words, member)).isNotEqualTo(member(sound, member));
    }
  }

  private static JsonElement member(CommandRun run, String name) {
    JsonObject element =
        JsonParser.parseString(run.out()).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(element.has(name)).isTrue();
    return element.get(name);
  }

  @Test
  void whatCannotBeDoneWithBothIsRefused() {
    assertCannotRun(
        CommandRun.of("export", "-m", usable, "--onnx", out.resolve("both.onnx")),
        "cannot export: a model that goes by sound and words is no single graph");
    assertThat(out.resolve("both.onnx")).doesNotExist();
    assertCannotRun(
        corpus.run(
            "train", "--manifest", manifest, "--out", out.resolve("a.serenade"), "--init", model),
        "goes by sound and words; training starts from models that go by the sound alone");

    CommandRun init = train(out.resolve("a.serenade"), "--init", model);
    assertThat(init.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(init.err()).contains("--init needs --modality audio");
    CommandRun text =
        corpus.run(
            "train",
            "--manifest",
            manifest,
            "--out",
            out.resolve("a.serenade"),
            "--modality",
            "text");
    assertThat(text.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(text.err()).contains("expected audio or both");
    assertThat(out.resolve("a.serenade")).doesNotExist();
  }

  @Test
  void aMissingDecoderAndAnotherOneAreSaid() throws IOException {
    Path clip = folder.resolve("voice-sad-1-0.wav");
    CommandRun missing = CommandRun.of("predict", "-m", model, clip);
    assertCannotRun(missing, "goes by words too, which takes the decoder of tiny-random");
    assertThat(missing.err()).contains("serenade models pull openai/tiny-random");

    Path other = Files.createDirectories(out.resolve("other"));
    for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
      Files.copy(WHISPER.resolve(file), other.resolve(file));
    }
    Files.writeString(other.resolve("config.json"), "\n", StandardOpenOption.APPEND);
    assertCannotRun(
        CommandRun.of("predict", "-m", pointingAt(other, out.resolve("other.serenade")), clip),
        "trained with the decoder of %s with SHA-256".formatted(other));
    // What the file says of itself needs no decoder.
    assertThat(CommandRun.of("models", "info", model).exitCode()).isEqualTo(ExitCode.DONE);
  }
}
