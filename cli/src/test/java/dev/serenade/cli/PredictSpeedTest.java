package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} and {@code evaluate --model} in a hurry. */
final class PredictSpeedTest {

  @TempDir static Path folder;
  private static Path model;
  private static Path recording;

  @BeforeAll
  static void write() throws IOException {
    model = TinyModel.write(folder.resolve("tiny.serenade"));
    recording = TestSounds.writeSpeech(folder.resolve("speech.wav"), 2.5, 1);
  }

  private static CommandRun predict(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("predict", "-m", model, "-f", "jsonl", recording));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray());
  }

  private static CommandRun predictByDefault(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("predict", "-f", "jsonl", recording));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray());
  }

  private static JsonObject scores(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("scores");
  }

  @Test
  void cheaperIsNotQuiteTheSame() {
    JsonObject exact = scores(predict());
    assertThat(scores(predict("--speed", "accurate"))).isEqualTo(exact);
    assertThat(scores(predict("--precision", "fp32"))).isEqualTo(exact);
    JsonObject integers = scores(predict("--precision", "int8"));
    assertThat(integers.keySet()).isEqualTo(exact.keySet());
    assertThat(integers).isNotEqualTo(exact);
  }

  @Test
  void fastMergesFramesOfTheDefaultModel() {
    JsonObject integers = scores(predictByDefault("--precision", "int8"));
    JsonObject fast = scores(predictByDefault("--precision", "int8", "--speed", "fast"));
    assertThat(fast).isNotEqualTo(integers);
    double sum = 0;
    for (String emotion : fast.keySet()) {
      sum += fast.get(emotion).getAsDouble();
    }
    assertThat(sum).isBetween(0.99, 1.01);
  }

  @Test
  void devicesAreChosenOrMissed() {
    assertThat(scores(predict("--device", "cpu"))).isEqualTo(scores(predict()));
    CommandRun missing = predict("--device", "cuda:99");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(missing.err()).startsWith("serenade: --device: cuda:99");
    assertThat(missing.out()).isEmpty();
  }

  @Test
  void whatThereIsNotIsRefused() {
    for (String[] wrong :
        new String[][] {{"--speed", "slow"}, {"--precision", "int4"}, {"--device", "gpu"}}) {
      CommandRun run = predict((Object[]) wrong);
      assertThat(run.exitCode()).as(wrong[0]).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(wrong[0]);
    }
    CommandRun untrained =
        CommandRun.of(
            "evaluate",
            "--manifest",
            folder.resolve("none.csv"),
            "--protocol",
            "leave-one-speaker-out",
            "--report",
            folder.resolve("report"),
            "--speed",
            "fast");
    assertThat(untrained.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(untrained.err()).contains("--speed and --precision need --model");
  }
}
