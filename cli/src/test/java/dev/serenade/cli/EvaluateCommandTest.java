package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EvaluateCommandTest extends TinyEvaluation {

  @Test
  void helpFitsEightyColumnsAndNamesTheProtocols() {
    CommandRun run = CommandRun.of("evaluate", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("--protocol=RULE", "leave-one-speaker-out", "speaker-folds:K", "emobox:FOLDER")
        .contains("session-folds", "--model=FILE", "--report=DIR", "Examples:");
  }

  /** Writes two folds as EmoBox does: the first clips of everybody, and the second. */
  private Path lists(String dataset) throws IOException {
    Path lists = Files.createDirectories(report.resolve("lists").resolve(dataset));
    for (int fold = 1; fold <= 2; fold++) {
      Path of = Files.createDirectories(lists.resolve("fold_" + fold));
      for (String part : List.of("train", "test")) {
        int take = part.equals("test") ? fold - 1 : 2 - fold;
        List<String> lines = new ArrayList<>();
        for (int speaker = 0; speaker < 4; speaker++) {
          for (String emotion : List.of("angry", "sad")) {
            String clip = "%s-%d-%d".formatted(emotion, speaker, take);
            lines.add(
                "{\"key\": \"%s-%s\", \"dataset\": \"%s\", \"wav\": \"downloads/%s.wav\", \"emo\": \"%s\"}"
                    .formatted(dataset, clip, dataset, clip, emotion));
          }
        }
        Files.write(of.resolve("%s_%s_fold_%d.jsonl".formatted(dataset, part, fold)), lines);
      }
    }
    return lists;
  }

  @Test
  void emoBoxsFoldsListDeviationsAndMeasureTheLeakageGap() throws IOException {
    Object[] arguments = {
      "--protocol",
      "emobox:" + lists("emodb"),
      "--preset",
      "emobox",
      "--leakage-gap",
      "--window",
      "memory"
    };
    CommandRun run = evaluate(corpus.manifest(), arguments);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("leakage gap, speakers apart -> shared: UA ");
    JsonObject results = results();
    assertThat(results.get("benchmark").getAsString()).isEqualTo("EmoBox");
    assertThat(results.getAsJsonArray("deviations").toString())
        .contains("No validation list is shipped", "The encoder hears the window memory")
        .doesNotContain("EmoBox reads the last", "Input normalisation");
    assertThat(results.getAsJsonArray("published")).hasSize(5);
    JsonObject provenance = results.getAsJsonObject("provenance");
    assertThat(provenance.get("projector").getAsString()).isEqualTo("relu");
    assertThat(provenance.get("schedule").getAsString()).isEqualTo("constant");
    assertThat(provenance.get("refit").getAsString()).isEqualTo("true");
    assertThat(report.resolve("speakers-apart/results.json"))
        .content()
        .contains("\"protocol\": \"leave-one-speaker-out\"");
    JsonObject gap =
        JsonParser.parseString(
                Files.readString(report.resolve("leakage-gap").resolve("leakage-gap.json")))
            .getAsJsonObject();
    assertThat(gap.get("speakers").getAsInt()).isEqualTo(4);

    CommandRun again = evaluate(corpus.manifest(), arguments);
    assertThat(again.err())
        .contains("done before: " + report, "done before: " + report.resolve("speakers-apart"));
    assertThat(again.out()).isEqualTo(run.out());
  }

  @Test
  void aLeakageGapNeedsEmoBoxsFolds() {
    CommandRun run = evaluate(corpus.manifest(), "--protocol", "speaker-folds:2", "--leakage-gap");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--leakage-gap needs --protocol emobox:FOLDER");
  }

  @Test
  void crossValidationWritesAReport() throws IOException {
    CommandRun run = evaluate(corpus.manifest(), "--protocol", "speaker-folds:2");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err())
        .contains("calls: 16 clips, 4 speakers, angry 8, sad 8")
        .contains(": 8 clips, epoch ")
        .contains("report: " + report.resolve("report.html"));
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().get(0)).contains("clips", "WA %", "UA % (95 %)", "macro-F1 %");
    assertThat(run.outLines().get(1)).startsWith("all ").contains(" 16 ");
    assertThat(report.resolve("report.html")).content().contains("calls: tiny-encoder, layer 1");
    assertThat(report.resolve("figures")).isDirectoryContaining("glob:**/attention-*.svg");
    assertThat(Files.readAllLines(report.resolve("predictions.csv"))).hasSize(17);

    JsonObject results = results();
    assertThat(results.get("protocol").getAsString()).isEqualTo("speaker-folds:2");
    assertThat(results.get("classes").toString()).isEqualTo("[\"angry\",\"sad\"]");
    assertThat(results.getAsJsonArray("folds")).hasSize(2);
    JsonObject summary = results.getAsJsonObject("summary");
    for (String metric :
        List.of("weightedAccuracy", "unweightedAverageRecall", "macroF1", "weightedF1")) {
      assertThat(summary.getAsJsonObject(metric).keySet())
          .contains("mean", "std", "pooled", "ci95Low", "ci95High");
    }
    assertThat(results.keySet()).contains("perClass", "confusion", "calibration");
    JsonObject provenance = results.getAsJsonObject("provenance");
    assertThat(provenance.keySet())
        .contains("serenade", "corpus", "manifest.calls", "encoder", "encoderSha256", "window")
        .contains("layer", "pooling", "seed", "epochs", "time");
    assertThat(provenance.get("epochs").getAsString()).isEqualTo("3");
  }

  @Test
  void theSameSeedGivesTheSamePredictions() throws IOException {
    evaluate(corpus.manifest(), "--protocol", "leave-one-speaker-out", "--threads", 1);
    String first = Files.readString(report.resolve("predictions.csv"));
    evaluate(corpus.manifest(), "--protocol", "leave-one-speaker-out", "--threads", 3);

    assertThat(report.resolve("predictions.csv")).hasContent(first);
  }

  @Test
  void copiesAreTrainedOnButNotTested() throws IOException {
    evaluate(corpus.manifest(), "--protocol", "speaker-folds:2");
    String without = Files.readString(report.resolve("predictions.csv"));
    CommandRun run =
        evaluate(corpus.manifest(), "--protocol", "speaker-folds:2", "--augment", "gain:-20");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(report.resolve("predictions.csv")).content().isNotEqualTo(without);
    assertThat(Files.readAllLines(report.resolve("predictions.csv"))).hasSize(17);
    assertThat(results().getAsJsonObject("provenance").get("augmentation").getAsString())
        .isEqualTo("gain:-20");
  }

  @Test
  void pooledCorporaHaveARowEach() throws IOException {
    Path other = corpus.manifest("others.csv", corpus.rows().toArray(String[]::new));
    CommandRun run =
        evaluate(corpus.manifest(), "--manifest", other, "--protocol", "speaker-folds:2");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).hasSize(4);
    assertThat(run.outLines().get(1)).startsWith("calls ");
    assertThat(run.outLines().get(2)).startsWith("others ");
    assertThat(run.outLines().get(3)).startsWith("all ").contains(" 32 ");
    assertThat(run.outLines().stream().map(String::length).distinct()).hasSize(1);
  }

  @Test
  void aModelsOwnTrainingClipsAreNoTest() throws IOException {
    Path model = report.resolve("calls.serenade");
    corpus.run("train", "--manifest", corpus.manifest(), "--out", model);
    CommandRun own = evaluate(corpus.manifest(), "--model", model);
    JsonArray caveats = results().getAsJsonArray("caveats");
    Path other = corpus.manifest("others.csv", corpus.rows().toArray(String[]::new));
    CommandRun others = evaluate(other, "--model", model);

    assertThat(own.exitCode()).as(own.err()).isEqualTo(ExitCode.DONE);
    assertThat(own.err()).contains("The model was trained on clips of calls, so these numbers");
    assertThat(caveats).hasSize(1);
    assertThat(own.outLines().get(1)).startsWith("all ").contains(" 16 ");
    assertThat(results().getAsJsonObject("provenance").keySet())
        .contains("model", "model.corpus", "model.seed");
    // It holds the same clips, whatever its name.
    assertThat(others.err()).contains("The model was trained on clips of others");
  }

  @Test
  void aHeadThatHasSeenTheClipsIsNoHonestStart() throws IOException {
    Path model = report.resolve("calls.serenade");
    corpus.run("train", "--manifest", corpus.manifest(), "--out", model);
    CommandRun run = evaluate(corpus.manifest(), "--protocol", "speaker-folds:2", "--init", model);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(results().getAsJsonArray("caveats").get(0).getAsString())
        .startsWith("The model that training starts from was trained on clips of calls");
    assertThat(results().getAsJsonObject("provenance").keySet())
        .contains("init", "init.corpus", "init.seed");
  }

  @Test
  void aModelScoresOnlyTheEmotionsItKnows() throws IOException {
    Path model = report.resolve("calls.serenade");
    corpus.run("train", "--manifest", corpus.manifest(), "--out", model);
    Path more =
        corpus.manifest(
            "more.csv", "angry-0-0.wav,s0,angry", "sad-0-0.wav,s0,sad", "sad-0-1.wav,s0,bored");
    CommandRun part = evaluate(more, "--model", model);
    CommandRun none = evaluate(more, "--model", model, "--emotions", "bored");

    assertThat(part.exitCode()).as(part.err()).isEqualTo(ExitCode.DONE);
    assertThat(part.err()).contains("1 clips are left out, as the model knows only angry, sad");
    assertThat(part.outLines().get(1)).contains(" 2 ");
    assertThat(none.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(none.err()).contains("the model knows angry, sad; the clips are bored");
  }

  @Test
  void aDamagedClipFailsAlone() throws IOException {
    Files.writeString(folder.resolve("damaged.wav"), "not audio");
    Path manifest =
        corpus.manifest(
            "damaged.csv",
            Stream.concat(corpus.rows(), Stream.of("damaged.wav,s1,sad")).toArray(String[]::new));
    CommandRun run = evaluate(manifest, "--protocol", "speaker-folds:2");

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(run.err()).contains("serenade: failed: ").contains("damaged.wav");
    assertThat(Files.readAllLines(report.resolve("predictions.csv"))).hasSize(17);
  }

  @Test
  void aProtocolOrAModelIsNeeded() {
    for (Object[] arguments : new Object[][] {{}, {"--protocol", "paper", "--model", "default"}}) {
      CommandRun run = evaluate(corpus.manifest(), arguments);
      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("expected either --protocol or --model");
    }
  }

  @Test
  void protocolsThatDoNotFitSaySo() {
    CommandRun unknown = evaluate(corpus.manifest(), "--protocol", "nonsense");
    CommandRun tooMany = evaluate(corpus.manifest(), "--protocol", "speaker-folds:9");
    CommandRun lists = evaluate(corpus.manifest(), "--protocol", "emobox:" + folder);

    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("--protocol: a protocol expected, one of emobox:FOLDER, ");
    assertThat(tooMany.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(tooMany.err()).contains("speaker-folds:9").doesNotContain("internal error");
    assertThat(lists.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(lists.err()).doesNotContain("internal error");
  }

  @Test
  void aReportNeedsAFolder() throws IOException {
    Path file = Files.writeString(report.resolve("file"), "");
    CommandRun run =
        corpus.run(
            "evaluate", "--manifest", corpus.manifest(), "--report", file, "--protocol", "given");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err()).contains("cannot make the folder of the report: ").contains("/file");
  }

  @Test
  void aMissingModelIsNamed() {
    CommandRun run = evaluate(corpus.manifest(), "--model", folder.resolve("none.serenade"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err()).contains("cannot load the model: ").contains("none.serenade");
  }

  @Test
  void whatHeldOutSpeakersPromisedIsMeasuredOnOthers() throws IOException {
    CommandRun run =
        evaluate(corpus.manifest(), "--protocol", "speaker-folds:2", "--calibration-folds", 2);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonObject decisions = results().getAsJsonObject("decisions");
    assertThat(decisions.getAsJsonArray("byTargetError")).hasSize(3);
    assertThat(decisions.getAsJsonArray("sets")).hasSize(3);
    assertThat(results().getAsJsonObject("calibration").get("uncalibrated").isJsonObject())
        .isTrue();
    assertThat(results().getAsJsonObject("provenance").get("calibrationFolds").getAsString())
        .isEqualTo("2");
  }

  @Test
  void whatAModelsOwnHeldOutSpeakersPromisedIsMeasuredToo() throws IOException {
    Path model = report.resolve("calls.serenade");
    corpus.run("train", "--manifest", corpus.manifest(), "--out", model);
    evaluate(corpus.manifest(), "--model", model);

    assertThat(results().getAsJsonObject("decisions").getAsJsonArray("sets")).hasSize(3);
    assertThat(results().getAsJsonObject("calibration").get("uncalibrated").isJsonNull()).isTrue();
  }
}
