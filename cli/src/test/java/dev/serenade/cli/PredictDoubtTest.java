package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.recognition.confidence.HeldOutConfidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} where the model is not sure. */
final class PredictDoubtTest {

  @TempDir static Path folder;
  private static Path knowing;
  private static Path unknowing;
  private static Path recording;
  private static Path silence;
  private static double confidence;

  @BeforeAll
  static void write() throws IOException {
    recording = TestSounds.writeSpeech(folder.resolve("speech.wav"), 2.5, 1);
    silence = Files.write(folder.resolve("silence.wav"), TestSounds.silence(1.0));
    unknowing = TinyModel.write(folder.resolve("unknowing.serenade"));
    confidence =
        json(run(unknowing, "-f", "json", recording))
            .get(0)
            .getAsJsonObject()
            .get("confidence")
            .getAsDouble();
    HeldOutConfidence heldOut =
        new HeldOutConfidence(
            1000,
            10,
            List.of(
                new HeldOutConfidence.Step(confidence + 0.01, 400, 10),
                new HeldOutConfidence.Step(confidence - 0.01, 1000, 150)),
            List.of(
                new HeldOutConfidence.SetLevel(0.5, confidence),
                new HeldOutConfidence.SetLevel(0.9, 0)));
    knowing = TinyModel.write(folder.resolve("knowing.serenade"), Optional.of(heldOut));
  }

  private static CommandRun run(Path model, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("predict", "-m", model));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray());
  }

  private static JsonArray json(CommandRun run) {
    return JsonParser.parseString(run.out()).getAsJsonArray();
  }

  private static JsonObject first(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return json(run).get(0).getAsJsonObject();
  }

  @Test
  void belowTheConfidenceThereIsNoAnswerButTheScoresAreThere() {
    JsonObject unsure =
        first(run(unknowing, "-f", "json", "--abstain-below", confidence + 0.001, recording));
    JsonObject sure =
        first(run(unknowing, "-f", "json", "--abstain-below", confidence - 0.001, recording));
    assertThat(unsure.get("abstained").getAsBoolean()).isTrue();
    assertThat(sure.get("abstained").getAsBoolean()).isFalse();
    assertThat(unsure.get("scores")).isEqualTo(sure.get("scores"));
  }

  @Test
  void segmentsOfATimelineAbstainToo() {
    JsonObject element =
        first(run(unknowing, "-f", "json", "-t", "--abstain-below", "1", recording));
    assertThat(element.getAsJsonArray("timeline"))
        .isNotEmpty()
        .allMatch(segment -> segment.getAsJsonObject().get("abstained").getAsBoolean());
  }

  @Test
  void aTargetErrorChoosesTheConfidence() {
    assertThat(
            first(run(knowing, "-f", "json", "--target-error", "0.2", recording))
                .get("abstained")
                .getAsBoolean())
        .isFalse();
    assertThat(
            first(run(knowing, "-f", "json", "--target-error", "0.1", recording))
                .get("abstained")
                .getAsBoolean())
        .isTrue();
  }

  @Test
  void aTargetThatCannotBePromisedIsNoRun() {
    CommandRun run = run(knowing, "--target-error", "0.01", recording);
    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("the 1000 held-out clips of 10 speakers do not show", "can be promised is 0.0");
  }

  @Test
  void aModelThatDoesNotKnowSaysSo() {
    for (String option : List.of("--target-error", "--set")) {
      CommandRun run = run(unknowing, option, "0.1", recording);
      assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
      assertThat(run.err()).contains(option + ": the model file does not say");
    }
  }

  @Test
  void setsAreInJsonCsvAndTable() {
    List<String> likeliest = strings(first(run(knowing, "-f", "json", "--set", "0.5", recording)));
    List<String> everything = strings(first(run(knowing, "-f", "json", "--set", "0.9", recording)));
    assertThat(likeliest).hasSize(1);
    assertThat(everything).isEqualTo(TinyModel.LABELS);

    CommandRun csv = run(knowing, "-f", "csv", "--set", "0.9", recording, "missing.wav");
    assertThat(csv.outLines().get(0)).contains(",sad,set,errorCode,");
    assertThat(csv.outLines().get(1)).contains(",angry happy neutral sad,");

    CommandRun table = run(knowing, "--set", "0.5", recording);
    assertThat(table.outLines().get(0)).endsWith("  Set");
    assertThat(table.outLines().get(1)).endsWith("  " + likeliest.get(0));
  }

  private static List<String> strings(JsonObject element) {
    return Stream.of(element.getAsJsonArray("set"))
        .flatMap(set -> set.asList().stream())
        .map(JsonElement::getAsString)
        .toList();
  }

  @Test
  void theTableTellsUnsureFromSilent() {
    CommandRun run = run(unknowing, "--abstain-below", "1", recording, silence);
    assertThat(run.outLines().get(1)).contains("2.5 s  unsure ").contains("%");
    assertThat(run.outLines().get(2)).contains("1.0 s  silence").doesNotContain("%");
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    for (List<String> options :
        List.of(
            List.of("--abstain-below", "1.5"),
            List.of("--target-error", "0"),
            List.of("--set", "1"),
            List.of("--abstain-below", "0.5", "--target-error", "0.1"))) {
      List<Object> arguments = new ArrayList<>(options);
      arguments.add(recording);
      assertThat(run(unknowing, arguments.toArray()).exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }
}
