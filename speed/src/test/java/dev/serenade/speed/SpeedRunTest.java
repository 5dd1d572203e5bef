package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.EncoderWork;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SpeedRunTest {

  private static final SpeedSettings SETTINGS =
      new SpeedSettings(
          List.of(0.5, 1.0),
          List.of(1, 3),
          List.of(Precision.FP32, Precision.INT8),
          new SessionSettings(1),
          2);

  private static final List<String> PROGRESS = new ArrayList<>();

  private static SpeedResult result;

  @BeforeAll
  static void measure() throws IOException, InterruptedException {
    try (Subject subject = TinySubject.create(Window.memory())) {
      result = SpeedRun.of(subject, SETTINGS, PROGRESS::add);
    }
  }

  @Test
  void everyStageIsMeasuredOnEveryKindOfClip() {
    for (Stage stage : Stage.values()) {
      List<SpeedCase> cases = result.of(stage);
      if (stage == Stage.TRAINING_STEP) {
        assertThat(cases).hasSize(1);
        assertThat(cases.get(0).batch()).isEqualTo(16);
        continue;
      }
      assertThat(
              cases.stream()
                  .map(one -> one.seconds() + " x " + one.batch() + " " + one.precision()))
          .as(stage.word())
          .containsExactly(
              "0.5 x 1 FP32",
              "0.5 x 3 FP32",
              "1.0 x 1 FP32",
              "1.0 x 3 FP32",
              "0.5 x 1 INT8",
              "0.5 x 3 INT8",
              "1.0 x 1 INT8",
              "1.0 x 3 INT8");
      assertThat(cases).allMatch(one -> one.timings().milliseconds().size() == 2);
    }
    assertThat(PROGRESS).hasSize(SpeedRun.steps(SETTINGS)).contains("encoder, 0.5 s x 3");
  }

  @Test
  void onlyTheEncodersWorkIsCounted() throws IOException {
    try (Subject subject = TinySubject.create(Window.memory())) {
      for (SpeedCase one : result.cases()) {
        if (one.stage() != Stage.ENCODER) {
          assertThat(one.gigaflops()).isEmpty();
          assertThat(one.shareOfMatrixRate()).isEmpty();
          continue;
        }
        double work =
            EncoderWork.of(
                    subject.model().encoder(),
                    Window.memory(),
                    2,
                    EncoderVariant.EXACT,
                    (int) (16_000 * one.seconds()))
                .gigaflops();
        assertThat(one.gigaflops().orElseThrow())
            .isEqualTo(work / (one.milliseconds() / 1000), within(1e-9));
        assertThat(one.shareOfMatrixRate().orElseThrow())
            .isEqualTo(
                one.gigaflops().orElseThrow() / one.rate().orElseThrow().matrixGigaflops(),
                within(1e-12))
            .isPositive();
      }
    }
    assertThat(result.matrixGigaflops()).isPositive();
  }

  @Test
  void sharesAddUpToTheWhole() {
    assertThat(result.shares()).hasSize(8);
    for (StageShares one : result.shares()) {
      assertThat(one.decode() + one.frontEnd() + one.blocks() + one.head() + one.rest())
          .isCloseTo(one.whole(), within(1e-9));
      assertThat(one.outsideEncoder()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void jsonSaysItAll() {
    JsonObject json =
        JsonParser.parseString(
                SpeedJson.of(
                    result.startingIn(OptionalDouble.of(0.75)), Machine.current(), "1.2.3"))
            .getAsJsonObject();

    assertThat(json.get("version").getAsString()).isEqualTo("1.2.3");
    assertThat(json.getAsJsonObject("machine").get("matrixGflops").getAsDouble())
        .isEqualTo(result.matrixGigaflops());
    assertThat(json.getAsJsonObject("machine").get("processors").getAsInt()).isPositive();
    assertThat(json.get("startupSeconds").getAsDouble()).isEqualTo(0.75);
    assertThat(json.get("peakResidentMegabytes").getAsDouble()).isGreaterThan(10);
    assertThat(json.get("trainingStepMilliseconds").getAsDouble()).isPositive();
    Set<String> stages = new TreeSet<>();
    for (JsonElement each : json.getAsJsonArray("cases")) {
      JsonObject one = each.getAsJsonObject();
      stages.add(one.get("stage").getAsString());
      assertThat(one.get("model").getAsString()).isEqualTo("tiny");
      assertThat(one.get("window").getAsString()).isEqualTo("memory");
      assertThat(one.get("precision").getAsString()).isIn("fp32", "int8");
      assertThat(one.get("milliseconds").getAsDouble())
          .isPositive()
          .isLessThanOrEqualTo(one.get("medianMilliseconds").getAsDouble());
      assertThat(one.has("matrixGflops")).isEqualTo(one.has("gflops"));
      assertThat(one.has("gflops")).isEqualTo(one.get("stage").getAsString().equals("encoder"));
    }
    assertThat(stages)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Stage.values()).map(Stage::word).toList());
    assertThat(json.getAsJsonArray("shares")).hasSize(8);
  }

  @Test
  void whatWasNotMeasuredIsNull() {
    assertThat(
            JsonParser.parseString(SpeedJson.of(result, Machine.current(), "1"))
                .getAsJsonObject()
                .get("startupSeconds")
                .isJsonNull())
        .isTrue();
  }

  @Test
  void thePictureShowsClipsThatAreDoneOneAtATime() {
    assertThat(SpeedFigure.of(result).standalone())
        .contains(
            "tiny, fp32: milliseconds for a clip, 1 thread", "file to scores", "encoder blocks")
        .contains(">0.5<", ">1<")
        .doesNotContain("clips at once");
  }

  @Test
  void aClipMustFitTheEncoder() throws IOException {
    try (Subject subject = TinySubject.create(Window.adaptive())) {
      assertThatThrownBy(
              () ->
                  SpeedRun.of(
                      subject,
                      new SpeedSettings(
                          List.of(1.5),
                          List.of(1),
                          List.of(Precision.FP32),
                          new SessionSettings(1),
                          1),
                      next -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the encoder hears at most 1.2 s at once, found a clip of 1.5 s");
    }
  }
}
