package dev.serenade.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorScalingTest {

  /** SciPy stops at slopes of 1e-10; with curvature s / N and above, w and b are off by 1e-8. */
  private static final double STOPPED = 1e-7;

  /** The value is flat at the minimum. */
  private static final double ROUNDING = 1e-12;

  @Test
  void scalesAndBiasesAreThoseOfSciPy() throws IOException {
    JsonObject reference = reference();
    List<Logits> logits = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (JsonElement row : reference.getAsJsonArray("logits")) {
      logits.add(Logits.of(numbers(row.getAsJsonArray())));
    }
    reference.getAsJsonArray("labels").forEach(label -> labels.add(label.getAsInt()));
    HeldOutLogits heldOut =
        new HeldOutLogits(logits, labels, Collections.nCopies(labels.size(), "s"));
    TemperatureScaling temperature =
        new TemperatureScaling(reference.get("temperature").getAsDouble());
    for (JsonElement element : reference.getAsJsonArray("fits")) {
      JsonObject expected = element.getAsJsonObject();
      double strength = expected.get("strength").getAsDouble();
      VectorScaling fitted = VectorScaling.fit(heldOut, temperature, strength);
      double[] scales = numbers(expected.getAsJsonArray("scales"));
      double[] biases = numbers(expected.getAsJsonArray("biases"));
      for (int k = 0; k < scales.length; k++) {
        assertThat(fitted.scales().get(k)).isCloseTo(scales[k], within(STOPPED));
        assertThat(fitted.biases().get(k)).isCloseTo(biases[k], within(STOPPED));
      }
      assertThat(new VectorScalingObjective(heldOut, strength).value(fitted))
          .isCloseTo(expected.get("objective").getAsDouble(), within(ROUNDING));
      assertThat(new VectorScalingObjective(heldOut, 0).value(fitted))
          .isCloseTo(expected.get("logLoss").getAsDouble(), within(1e-9));
    }
  }

  @Test
  void findsWhatIsPlantedWhereSpeakersAgree() {
    VectorScaling planted = new VectorScaling(1, List.of(0.5, 1.5, 1.0), List.of(0.8, -0.8, 0.0));
    HeldOutLogits clips = draw(3, 20, 150, planted, 1);
    VectorScaling fitted = VectorScaling.fit(clips);
    // Of 3,000 clips; the errors come from the draw, and from being held near 1 and 0.
    for (int k = 0; k < 3; k++) {
      assertThat(fitted.scales().get(k) / fitted.temperature())
          .isCloseTo(planted.scales().get(k), within(0.15));
    }
    assertThat(fitted.biases().get(0) - fitted.biases().get(1)).isCloseTo(1.6, within(0.2));
    HeldOutLogits fresh = draw(4, 20, 100, planted, 1);
    TemperatureScaling temperature = TemperatureScaling.fit(clips.logits(), clips.labels());
    assertThat(logLoss(fitted, fresh)).isLessThan(logLoss(temperature, fresh) - 0.02);
  }

  @Test
  void aFewSpeakersWhoDoNotNeedItDoNotMakeItWorse() {
    VectorScaling planted = new VectorScaling(1.7, List.of(1.0, 1.0, 1.0), List.of(0.0, 0.0, 0.0));
    HeldOutLogits fresh = draw(1000, 20, 50, planted, 1);
    double lost = 0;
    for (int seed = 0; seed < 60; seed++) {
      HeldOutLogits few = draw(seed, 6, 17, planted, 1);
      TemperatureScaling temperature = TemperatureScaling.fit(few.logits(), few.labels());
      lost += logLoss(VectorScaling.fit(few), fresh) - logLoss(temperature, fresh);
    }
    // Fitted freely, six numbers to 102 clips, it would lose about 6 / 204 nats.
    assertThat(lost / 60).isLessThan(0.003);
  }

  @Test
  void speakersThatDisagreeGetOnlyATemperature() {
    HeldOutLogits clips =
        HeldOutLogits.concat(
            List.of(
                draw(1, 3, 40, new VectorScaling(1, List.of(1.0, 1.0), List.of(1.5, -1.5)), 1),
                draw(2, 3, 40, new VectorScaling(1, List.of(1.0, 1.0), List.of(-1.5, 1.5)), 4)));
    assertThat(VectorScaling.fit(clips).isTemperatureOnly()).isTrue();
  }

  @Test
  void fewerThanFiveSpeakersGetOnlyATemperature() {
    HeldOutLogits four =
        draw(1, 4, 100, new VectorScaling(1, List.of(0.5, 1.5), List.of(1.0, -1.0)), 1);
    VectorScaling fitted = VectorScaling.fit(four);
    assertThat(fitted.isTemperatureOnly()).isTrue();
    assertThat(fitted.temperature())
        .isEqualTo(TemperatureScaling.fit(four.logits(), four.labels()).temperature());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void theSlopesAreThoseOfTheObjective(long seed) {
    Random random = new Random(seed);
    HeldOutLogits clips =
        draw(seed, 2, 20, new VectorScaling(1.2, List.of(1.0, 1.0), List.of(0.5, -0.5)), 1);
    VectorScalingObjective objective = new VectorScalingObjective(clips, 3);
    double[] place = random.doubles(4, 0.2, 1.5).toArray();
    double[] gradient = objective.gradient(at(place));
    double step = 1e-5;
    for (int i = 0; i < place.length; i++) {
      double[] more = place.clone();
      more[i] += step;
      double[] less = place.clone();
      less[i] -= step;
      double slope = (objective.value(at(more)) - objective.value(at(less))) / (2 * step);
      assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
    }
  }

  @Test
  void withoutScalesAndBiasesItIsTemperatureScaling() {
    Logits z = Logits.of(1, -2, 0.5);
    double[] expected = new TemperatureScaling(1.7).apply(z);
    VectorScaling same = new VectorScaling(1.7, List.of(1.0, 1.0, 1.0), List.of(0.0, 0.0, 0.0));
    assertThat(same.apply(z)).containsExactly(expected, within(1e-15));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> new VectorScaling(1, List.of(1.0, 1.0), List.of(0.0)))
        .hasMessageContaining("as many biases as scales");
    assertThatThrownBy(() -> new VectorScaling(0, List.of(1.0), List.of(0.0)))
        .hasMessageContaining("above 0");
    assertThatThrownBy(
            () -> new HeldOutLogits(List.of(Logits.of(1, 2)), List.of(0), List.of("a", "b")))
        .hasMessageContaining("as many speakers as logits, found 2 and 1");
  }

  private static VectorScaling at(double[] place) {
    return new VectorScaling(1.2, List.of(place[0], place[1]), List.of(place[2], place[3]));
  }

  /** Draws logits, and labels as probable as the planted scaling says. */
  private static HeldOutLogits draw(
      long seed, int speakers, int clipsEach, VectorScaling planted, int firstSpeaker) {
    Random random = new Random(seed);
    List<Logits> logits = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int s = 0; s < speakers; s++) {
      for (int c = 0; c < clipsEach; c++) {
        Logits z = Logits.of(random.doubles(planted.scales().size(), -3, 3).toArray());
        double left = random.nextDouble();
        double[] p = planted.apply(z);
        int label = 0;
        while (label < p.length - 1 && left >= p[label]) {
          left -= p[label++];
        }
        logits.add(z);
        labels.add(label);
        names.add("s%02d".formatted(firstSpeaker + s));
      }
    }
    return new HeldOutLogits(logits, labels, names);
  }

  private static double logLoss(LogitScaling scaling, HeldOutLogits clips) {
    double sum = 0;
    for (int n = 0; n < clips.size(); n++) {
      sum -= Math.log(scaling.apply(clips.logits().get(n))[clips.labels().get(n)]);
    }
    return sum / clips.size();
  }

  private static JsonObject reference() throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(
            VectorScalingTest.class.getResourceAsStream("vector-scaling.json"))) {
      return JsonParser.parseReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .getAsJsonObject();
    }
  }

  private static double[] numbers(JsonArray array) {
    return array.asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
  }
}
