package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.PredictionsCsv;
import dev.serenade.evaluation.fusion.LateFusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate --modality}, with a Whisper of random weights: its words mean nothing. */
final class EvaluateModalityTest {

  private static final Path WHISPER =
      Path.of(
          System.getProperty("serenade.root", ".."),
          "whisper/src/test/resources/dev/serenade/whisper/decoder/tiny-random");

  @TempDir private static Path folder;
  private static TinyCorpus corpus;
  private static Path manifest;

  @TempDir private Path report;

  @BeforeAll
  static void writeCorpus() throws IOException {
    corpus = TinyCorpus.write(folder);
    manifest = corpus.voices();
  }

  private static CommandRun evaluate(Path clips, Path report, Object... arguments) {
    return corpus.run(
        "evaluate",
        Stream.concat(
                Stream.of("--manifest", clips, "--report", report, "--encoder", WHISPER),
                Stream.concat(
                    List.of(arguments).contains("--protocol")
                        ? Stream.of()
                        : Stream.of("--protocol", "speaker-folds:2"),
                    Stream.of(arguments)))
            .toArray());
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void bothHasAReportOfEachAndAnOverview() throws IOException {
    CommandRun run = evaluate(manifest, report, "--modality", "both", "--language", "de");

    assertDone(run);
    assertThat(run.err())
        .contains("[1/2] audio: tiny-random, layer 1, qkv")
        .contains("[2/2] text: decoder of tiny-random, mean")
        .contains("What is said is known of 0 of 16 clips only")
        .contains("report: " + report.resolve("report.html"));
    assertThat(run.outLines()).hasSize(11);
    assertThat(run.outLines().get(0)).contains("clips", "WA %", "UA % (95 %)", "macro-F1 %");
    assertThat(run.outLines().get(1)).startsWith("audio ").contains(" 16 ");
    assertThat(run.outLines().get(2)).startsWith("text ").contains(" 16 ");
    assertThat(run.outLines().get(3)).startsWith("both ").contains(" 16 ");
    assertThat(run.outLines().get(4)).startsWith("weight of audio in both: ").endsWith("2 folds)");
    assertThat(run.outLines().get(5)).startsWith("audio -> both: UA ");
    assertThat(run.outLines().get(10)).startsWith("text -> both: macro-F1 ");

    JsonObject overview = json(report.resolve("results.json"));
    assertThat(overview.getAsJsonObject("modalities").keySet())
        .containsExactly("audio", "text", "both");
    assertThat(overview.getAsJsonArray("comparisons")).hasSize(2);
    assertThat(overview.getAsJsonArray("leftOut")).isEmpty();
    JsonObject provenance = overview.getAsJsonObject("provenance");
    assertThat(provenance.get("text.language").getAsString()).isEqualTo("de");
    assertThat(provenance.keySet()).contains("audio.encoderSha256", "text.decoderSha256");
    for (String part : List.of("audio", "text", "both")) {
      Path folder = report.resolve(part);
      assertThat(json(folder.resolve("results.json")).getAsJsonArray("folds")).hasSize(2);
      assertThat(folder.resolve("report.html")).exists();
      assertThat(folder.resolve("checkpoints")).doesNotExist();
    }
    assertThat(report.resolve("audio/figures")).isDirectoryContaining("glob:**/attention-*.svg");
    assertThat(report.resolve("text/figures")).isDirectoryNotContaining("glob:**/attention-*.svg");
    assertFused(report);
  }

  /** Computes the weights and the fused probabilities again, from the files of the branches. */
  private static void assertFused(Path report) throws IOException {
    Map<String, Predictions> audioHeldOut = byFold(report.resolve("audio/held-out.csv"));
    Map<String, Predictions> textHeldOut = byFold(report.resolve("text/held-out.csv"));
    Map<String, Predictions> audio = byFold(report.resolve("audio/predictions.csv"));
    Map<String, Predictions> text = byFold(report.resolve("text/predictions.csv"));
    Map<String, Predictions> both = byFold(report.resolve("both/predictions.csv"));
    JsonArray folds =
        json(report.resolve("results.json")).getAsJsonObject("fusion").getAsJsonArray("folds");
    assertThat(folds).hasSize(2);
    for (int i = 0; i < folds.size(); i++) {
      JsonObject fold = folds.get(i).getAsJsonObject();
      String name = fold.get("name").getAsString();
      LateFusion fusion = LateFusion.fit(of(audioHeldOut, name), of(textHeldOut, name));
      assertThat(fold.get("audioWeight").getAsDouble()).isEqualTo(fusion.firstWeight());
      assertThat(of(both, name)).isEqualTo(fusion.fuse(of(audio, name), of(text, name)));
      assertThat(of(audioHeldOut, name).bySpeaker().keySet())
          .doesNotContainAnyElementsOf(of(audio, name).bySpeaker().keySet());
    }
  }

  private static Map<String, Predictions> byFold(Path file) throws IOException {
    return PredictionsCsv.read(file).byFold();
  }

  private static Predictions of(Map<String, Predictions> folds, String name) {
    return Objects.requireNonNull(folds.get(name), name);
  }

  @Test
  void eachBranchIsTheRunThatItWouldBeAlone() throws IOException {
    assertDone(evaluate(manifest, report, "--modality", "both", "--text-pooling", "attentive"));
    Path audio = report.resolve("alone-audio");
    Path text = report.resolve("alone-text");
    assertDone(evaluate(manifest, audio));
    CommandRun run = evaluate(manifest, text, "--modality", "text", "--text-pooling", "attentive");

    assertDone(run);
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.err()).contains("report: " + text.resolve("report.html"));
    assertThat(text.resolve("held-out.csv")).doesNotExist();
    for (Path alone : List.of(audio, text)) {
      String branch = alone.equals(audio) ? "audio" : "text";
      assertThat(report.resolve(branch).resolve("predictions.csv"))
          .hasSameTextualContentAs(alone.resolve("predictions.csv"));
    }
    assertThat(Files.readString(text.resolve("predictions.csv")))
        .isNotEqualTo(Files.readString(audio.resolve("predictions.csv")));
    JsonObject provenance = json(text.resolve("results.json")).getAsJsonObject("provenance");
    assertThat(provenance.get("modality").getAsString()).isEqualTo("text");
    assertThat(provenance.get("language").getAsString()).isEqualTo("found");
    assertThat(provenance.get("layer").getAsString()).isEqualTo("decoder 2");
    assertThat(provenance.get("pooling").getAsString()).contains("attentive");
  }

  @Test
  void theSameSeedGivesTheSameAndWhatIsDoneIsNotDoneAgain() throws IOException {
    CommandRun run = evaluate(manifest, report, "--modality", "both", "--threads", 1);
    assertDone(run);
    CommandRun again = evaluate(manifest, report, "--modality", "both", "--threads", 1);
    assertThat(again.out()).isEqualTo(run.out());
    assertThat(again.err())
        .contains("done before: " + report.resolve("audio"))
        .contains("done before: " + report.resolve("text"));
    assertFused(report);

    Path other = report.resolve("other");
    CommandRun anew =
        evaluate(
            manifest,
            other,
            "--modality",
            "both",
            "--threads",
            3,
            "--store",
            report.resolve("other-store"));
    assertDone(anew);
    assertThat(anew.out()).isEqualTo(run.out());
    for (String part : List.of("audio", "text", "both")) {
      assertThat(other.resolve(part).resolve("predictions.csv"))
          .hasSameTextualContentAs(report.resolve(part).resolve("predictions.csv"));
    }
    // The encoder's states, and the decoder's.
    try (Stream<Path> folders = Files.list(report.resolve("other-store"))) {
      assertThat(folders.map(path -> String.valueOf(path.getFileName())))
          .hasSize(2)
          .filteredOn(name -> name.contains("-decoder-found-"))
          .hasSize(1);
    }
    Files.delete(report.resolve("text/held-out.csv"));
    CommandRun half = evaluate(manifest, report, "--modality", "both", "--threads", 1);
    assertThat(half.out()).isEqualTo(run.out());
    assertThat(half.err())
        .contains("done before: " + report.resolve("audio"))
        .doesNotContain("done before: " + report.resolve("text"));
  }

  @Test
  void whatItWasMadeWithDoesItAgain() throws IOException {
    CommandRun run = evaluate(manifest, report, "--modality", "both", "--text-pooling", "linear");
    assertDone(run);
    Path other = report.resolve("other");
    CommandRun again =
        CommandRun.of("evaluate", "--config", report.resolve("config.yaml"), "--report", other);

    assertDone(again);
    assertThat(again.out()).isEqualTo(run.out());
    assertThat(report.resolve("config.yaml")).content().contains("modality: both");
  }

  @Test
  void clipsThatFailInOneAreLeftOutOfAllAndListed() throws IOException {
    // A decoder that may say nothing at all fails where somebody speaks, and only there.
    Path mute = Files.createDirectories(report.resolve("mute"));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(WHISPER.resolve(file), mute.resolve(file));
    }
    Files.copy(
        WHISPER.resolveSibling("tiny-mute").resolve("generation_config.json"),
        mute.resolve("generation_config.json"));
    List<String> rows = new ArrayList<>();
    for (int speaker = 0; speaker < 4; speaker++) {
      for (String emotion : List.of("angry", "sad")) {
        String name = "quiet-%s-%d.wav".formatted(emotion, speaker);
        Files.write(
            folder.resolve(name),
            TestSounds.silence(0.3 + 0.1 * speaker + (emotion.equals("sad") ? 0.5 : 0)));
        rows.add("%s,s%d,%s".formatted(name, speaker, emotion));
      }
    }
    rows.add("voice-sad-1-0.wav,s1,sad");
    Files.writeString(folder.resolve("broken.wav"), "no sound");
    rows.add("broken.wav,s2,sad");
    Path clips = corpus.manifest("quiet.csv", rows.toArray(String[]::new));
    CommandRun run = evaluate(clips, report, "--modality", "both", "--transcriber", mute);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(run.err())
        .contains("failed: voice-sad-1-0.wav: the generation config suppresses every token")
        .contains("broken.wav");
    JsonArray leftOut = json(report.resolve("results.json")).getAsJsonArray("leftOut");
    assertThat(leftOut).hasSize(2);
    assertThat(leftOut.get(0).getAsString()).startsWith("audio: ").contains("broken.wav");
    assertThat(leftOut.get(1).getAsString())
        .isEqualTo("text: voice-sad-1-0.wav: the generation config suppresses every token");
    for (String part : List.of("audio", "text", "both")) {
      assertThat(Files.readAllLines(report.resolve(part).resolve("predictions.csv"))).hasSize(9);
    }
    assertThat(
            json(report.resolve("audio/results.json"))
                .getAsJsonObject("provenance")
                .get("leftOut")
                .getAsString())
        .isEqualTo("voice-sad-1-0.wav broken.wav");
  }

  @Test
  void prescribedTextsAreSaidFirst() throws IOException {
    List<String> lines = new ArrayList<>(List.of("path,speaker,emotion,text"));
    for (String row : Files.readAllLines(manifest).stream().skip(1).toList()) {
      lines.add(row + ",Kids are talking by the door");
    }
    Path acted = Files.write(folder.resolve("acted.csv"), lines);
    CommandRun run = evaluate(acted, report, "--modality", "text");

    assertDone(run);
    String caveat = "16 of 16 clips say one of a few prescribed texts";
    assertThat(run.err()).contains(caveat);
    assertThat(report.resolve("report.html")).content().contains(caveat);
    assertThat(report.resolve("tables.md")).content().startsWith("> " + caveat);
  }

  @Test
  void copiesGoThroughTheDecoderToo() throws IOException {
    assertDone(evaluate(manifest, report, "--modality", "text"));
    String without = Files.readString(report.resolve("predictions.csv"));
    CommandRun run = evaluate(manifest, report, "--modality", "text", "--augment", "gain:-20");

    assertDone(run);
    assertThat(report.resolve("predictions.csv")).content().isNotEqualTo(without);
    assertThat(Files.readAllLines(report.resolve("predictions.csv"))).hasSize(17);
    assertThat(
            json(report.resolve("results.json"))
                .getAsJsonObject("provenance")
                .get("augmentation")
                .getAsString())
        .isEqualTo("gain:-20");
  }

  @Test
  void anEncoderAloneIsNoTranscriber() {
    for (String kind : List.of("text", "both")) {
      CommandRun run =
          evaluate(manifest, report, "--modality", kind, "--transcriber", corpus.encoder());

      assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
      assertThat(run.err())
          .contains("cannot transcribe with " + corpus.encoder())
          .contains("these are the weights of an encoder alone")
          .contains("serenade models pull openai/whisper-base");
      assertThat(report.resolve("results.json")).doesNotExist();
    }
    CommandRun nowhere =
        evaluate(manifest, report, "--modality", "text", "--transcriber", report.resolve("none"));
    assertThat(nowhere.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    CommandRun unknown = evaluate(manifest, report, "--modality", "text", "--language", "xx");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err())
        .contains("--language: expected one of the languages [de, en, fr, ja], found xx");
  }

  @Test
  void withoutValidationClipsNothingIsFused() throws IOException {
    Files.writeString(folder.resolve("damaged.wav"), "no sound");
    List<String> lines = new ArrayList<>(List.of("path,speaker,emotion,split"));
    for (String row : Files.readAllLines(manifest).stream().skip(1).toList()) {
      lines.add(row + (row.contains(",s0,") ? ",test" : ",train"));
    }
    lines.add("damaged.wav,s9,sad,validation");
    Path given = Files.write(folder.resolve("given.csv"), lines);
    CommandRun run = evaluate(given, report, "--modality", "both", "--protocol", "given");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err())
        .contains(
            ": expected validation clips, on which the weight of the fusion is chosen, but none"
                + " could be used");
    assertThat(report.resolve("results.json")).doesNotExist();
  }

  @Test
  void partsOfARecordingAreClipsOfTheirOwn() throws IOException {
    List<String> lines = new ArrayList<>(List.of("path,speaker,emotion,start,end"));
    for (int speaker = 0; speaker < 4; speaker++) {
      String name = "call-%d.wav".formatted(speaker);
      TestSounds.writeSpeech(folder.resolve(name), 3, speaker);
      for (int part = 0; part < 4; part++) {
        lines.add(
            "%s,s%d,%s,%s,%s"
                .formatted(
                    name, speaker, part % 2 == 0 ? "sad" : "angry", 0.7 * part, 0.7 * part + 0.6));
      }
    }
    Path calls = Files.write(folder.resolve("parts.csv"), lines);
    CommandRun run = evaluate(calls, report, "--modality", "both", "--language", "en");

    assertDone(run);
    assertThat(run.outLines().get(3)).startsWith("both ").contains(" 16 ");
    assertThat(evaluate(calls, report, "--modality", "both", "--language", "en").out())
        .isEqualTo(run.out());
    assertFused(report);
    CommandRun compared =
        CommandRun.of("compare", report.resolve("audio"), report.resolve("text"), "-f", "json");
    assertThat(compared.exitCode()).as(compared.err()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(report.resolve("both/predictions.csv")))
        .contains("call-0.wav#t=0,0.6", "call-2.wav#t=1.4,2");
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    Map<String, List<Object>> refused =
        Map.of(
            "--text-pooling, --transcriber and --language need --modality text or both",
            List.of("--language", "de"),
            "--layers, --poolings, --leakage-gap and --init need --modality audio",
            List.of("--modality", "text", "--layers", "all"),
            "--modality both: as released, nobody is held out",
            List.of("--modality", "both", "--protocol", "as-released:speaker-folds:2"));
    refused.forEach(
        (message, arguments) -> {
          CommandRun run = evaluate(manifest, report, arguments.toArray());
          assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
          assertThat(run.err()).contains(message);
        });
    CommandRun model =
        CommandRun.of(
            "evaluate",
            "--manifest",
            manifest,
            "--report",
            report,
            "--model",
            "default",
            "--modality",
            "text");
    assertThat(model.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(model.err()).contains("--modality needs --protocol");
  }
}
