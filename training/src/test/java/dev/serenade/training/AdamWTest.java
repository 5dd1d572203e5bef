package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class AdamWTest {

  /** Two units in the last place of 3, the largest value. */
  private static final Offset<Float> TOLERANCE = Offset.offset(4.8e-7f);

  private static final Offset<Double> RATE_TOLERANCE = Offset.offset(1e-18);

  @Test
  void stepsAndRatesAreThoseOfPyTorch() throws IOException {
    Path file = Path.of(System.getProperty("serenade.shared", ""), "reference/adamw_cosine.json");
    assumeThat(Files.exists(file)).as("reference values at %s", file).isTrue();
    JsonObject reference = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    JsonArray trace = reference.getAsJsonArray("trace");
    float[] values = floats(reference.getAsJsonArray("w0"));
    AdamW optimizer = new AdamW(values.length, reference.get("weight_decay").getAsDouble());
    LearningRateSchedule schedule = new LearningRateSchedule(1e-3, 10, trace.size());
    float[] gradients = new float[values.length];
    for (int step = 0; step < trace.size(); step++) {
      JsonObject expected = trace.get(step).getAsJsonObject();
      for (int i = 0; i < values.length; i++) {
        gradients[i] = 2 * values[i];
      }
      optimizer.step(values, gradients, schedule.rate(step));
      assertThat(schedule.rate(step))
          .as("rate of step %d", step)
          .isCloseTo(expected.get("lr").getAsDouble(), RATE_TOLERANCE);
      assertThat(values)
          .as("values after step %d", step)
          .containsExactly(floats(expected.getAsJsonArray("w")), TOLERANCE);
    }
  }

  private static float[] floats(JsonArray array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsFloat();
    }
    return values;
  }
}
