package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCommandTest {

  @TempDir private Path folder;

  /** Four speakers, two emotions, two clips of each: noise of one kind. */
  private Path manifest(String... more) throws IOException {
    List<String> rows = new ArrayList<>(List.of("path,speaker,emotion,split"));
    long seed = 0;
    for (String speaker : List.of("a", "b", "c", "d")) {
      for (String emotion : List.of("angry", "sad")) {
        for (int i = 0; i < 2; i++) {
          String name = "%s-%s-%d.wav".formatted(speaker, emotion, i);
          TestSounds.writeNoise(folder.resolve(name), 0.6 + 0.05 * (seed % 3), seed++);
          rows.add(
              "%s,%s,%s,%s"
                  .formatted(name, speaker, emotion, speaker.equals("d") ? "test" : "train"));
        }
      }
    }
    rows.addAll(List.of(more));
    return Files.write(folder.resolve("calls.csv"), rows);
  }

  private static JsonObject finding(JsonObject audit, String check) {
    return StreamSupport.stream(audit.getAsJsonArray("findings").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(finding -> finding.get("check").getAsString().equals(check))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCleanCorpusIsDone() throws IOException {
    CommandRun run = CommandRun.of("audit", "--manifest", manifest());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("ok       split-speakers", "0 fatal, 0 warnings");
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void aFatalFindingFailsAndTheReportNamesIt() throws IOException {
    Path manifest = manifest("copy.wav,d,sad,train");
    Files.copy(folder.resolve("d-sad-1.wav"), folder.resolve("copy.wav"));
    Path report = folder.resolve("report");
    CommandRun run =
        CommandRun.of("audit", "--manifest", manifest, "--report", report, "--format", "json");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(Files.readString(report.resolve("audit.json"))).isEqualTo(run.out());
    assertThat(report.resolve("audit.html")).content().contains("copy.wav");
    JsonObject audit = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(audit.get("protocol").getAsString()).isEqualTo("given");
    JsonObject shared = finding(audit, "split-speakers");
    assertThat(shared.keySet())
        .isEqualTo(Set.of("check", "severity", "message", "advice", "clips", "measure"));
    assertThat(shared.get("severity").getAsString()).isEqualTo("fatal");
    JsonArray clips = finding(audit, "exact-duplicates").getAsJsonArray("clips");
    assertThat(clips.toString()).isEqualTo("[\"d-sad-1.wav\",\"copy.wav\"]");
  }

  @Test
  void theSplitCanBeChosen() throws IOException {
    Path manifest = manifest();
    CommandRun run =
        CommandRun.of("audit", "--manifest", manifest, "--protocol", "leave-one-speaker-out");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("split: leave-one-speaker-out");

    CommandRun impossible =
        CommandRun.of("audit", "--manifest", manifest, "--protocol", "speaker-folds:9");
    assertThat(impossible.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(impossible.err()).contains("9 speakers or more expected, found 4");
  }

  @Test
  void foldsOfEmoBoxBringTheirLabels() throws IOException {
    Path fold = Files.createDirectories(folder.resolve("lists/fold_1"));
    String line = "{\"key\":\"x-%1$s\",\"dataset\":\"x\",\"wav\":\"%1$s.wav\",\"emo\":\"%2$s\"}";
    Files.write(
        fold.resolve("x_train_fold_1.jsonl"),
        List.of(line.formatted("a-angry-0", "angry"), line.formatted("a-sad-0", "angry")));
    Files.write(
        fold.resolve("x_test_fold_1.jsonl"),
        List.of(line.formatted("a-angry-1", "angry"), line.formatted("b-sad-1", "sad")));
    Files.writeString(folder.resolve("lists/label_map.json"), "{\"angry\": \"Angry\"}");
    CommandRun run =
        CommandRun.of(
            "audit",
            "--manifest",
            manifest(),
            "--splits",
            folder.resolve("lists"),
            "--format",
            "json");
    JsonObject audit = JsonParser.parseString(run.out()).getAsJsonObject();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(finding(audit, "split-speakers").get("message").getAsString()).contains(": a.");
    assertThat(finding(audit, "emobox-label-map").get("message").getAsString())
        .contains("lacks \"sad\"");
    assertThat(finding(audit, "emobox-labels").getAsJsonArray("clips").toString())
        .isEqualTo("[\"a-sad-0.wav\"]");
    assertThat(finding(audit, "emobox-lists").get("severity").getAsString()).isEqualTo("note");
  }

  @Test
  void aClipThatCannotBeReadFailsAndTheRestIsDone() throws IOException {
    Path manifest = manifest();
    Files.writeString(folder.resolve("a-sad-0.wav"), "no sound");
    CommandRun run = CommandRun.of("audit", "--manifest", manifest);

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(run.out())
        .contains("warning  unreadable", "a-sad-0.wav", "ok       near-duplicates");
  }

  @Test
  void usageIsChecked() throws IOException {
    Path manifest = manifest();
    assertThat(
            CommandRun.of(
                    "audit", "--manifest", manifest, "--protocol", "given", "--splits", folder)
                .exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("audit").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("audit", "--manifest", manifest, "--splits", folder).exitCode())
        .isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(CommandRun.of("audit", "--help").out()).contains("--splits", "Examples:");
  }
}
