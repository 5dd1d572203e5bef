package dev.serenade.whisper.mel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.whisper.TestSeeds;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogMelGraphTest {

  private static final int MAX_FRAMES = 3000;

  /** Float32 against double: the weakest bins lie 80 dB below the loudest. */
  private static final double FLOAT32 = 5e-5;

  /** Two computations in float32. */
  private static final double TWICE_FLOAT32 = 1e-4;

  /** The vectorised kernels round the ends of arrays otherwise; 1.2e-7 was seen. */
  private static final double ROUNDING = 5e-7;

  /** Runs the front end over rows of equal length; shape (rows, bands, frames). */
  private static FloatTensor logMel(int melBands, int frames, float[]... rows) {
    GraphBuilder graph = new GraphBuilder("log-mel");
    graph.output(
        "log_mel",
        new LogMelGraph(melBands, MAX_FRAMES)
            .append(
                graph,
                graph.input("waveform", DataType.FLOAT, "batch", "samples"),
                graph.integers(frames)),
        DataType.FLOAT,
        "batch",
        "bands",
        "frames");
    float[] samples = new float[rows.length * rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, samples, row * rows[0].length, rows[0].length);
    }
    try (GraphSession session = graph.build().open(SessionSettings.create())) {
      FloatTensor batch = FloatTensor.of(samples, rows.length, rows[0].length);
      return session.run(Map.of("waveform", batch), Map.of(), Set.of("log_mel")).get("log_mel");
    }
  }

  /** Speech-like noise: loud and soft stretches, nothing at full scale. */
  private static float[] noise(int samples, long seed) {
    Random random = new Random(seed);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      double loudness = 0.05 + 0.2 * Math.pow(Math.sin(i / 3000.0), 2);
      noise[i] = (float) (loudness * random.nextGaussian());
    }
    return noise;
  }

  private static void assertEqualsPlain(FloatTensor found, double[][] expected) {
    int frames = (int) found.shape()[2];
    for (int band = 0; band < expected.length; band++) {
      for (int frame = 0; frame < frames; frame++) {
        double difference = Math.abs(found.get(band * frames + frame) - expected[band][frame]);
        if (!(difference <= FLOAT32)) {
          throw new AssertionError(
              "band %d, frame %d: expected %s, found %s"
                  .formatted(band, frame, expected[band][frame], found.get(band * frames + frame)));
        }
      }
    }
  }

  /** The reflection at the end matters only near 30 s, where the clip reaches it. */
  @ParameterizedTest
  @CsvSource({
    "480000, 80",
    "480000, 128",
    "479999, 80",
    "479840, 80",
    "479700, 80",
    "478720, 80",
    "240001, 80",
    "400, 80",
    "161, 128",
    "1, 80"
  })
  void equalsPlainDoublePrecision(int samples, int melBands) {
    float[] clip = noise(samples, 1);
    FloatTensor found = logMel(melBands, MAX_FRAMES, clip);
    assertThat(found.shape()).containsExactly(1, melBands, MAX_FRAMES);
    assertEqualsPlain(found, PlainLogMel.of(clip, melBands, 30));
  }

  /** A click in the last samples of 30 s is heard through the mirror too. */
  @Test
  void endOfThirtySecondsIsMirrored() {
    float[] clip = new float[480_000];
    clip[479_990] = 0.9f;
    clip[5] = 0.5f;
    assertEqualsPlain(logMel(80, MAX_FRAMES, clip), PlainLogMel.of(clip, 80, 30));
  }

  @Test
  void onlyTheFirstThirtySecondsAreHeard() {
    float[] long31 = noise(31 * 16_000, 2);
    FloatTensor expected = logMel(80, MAX_FRAMES, Arrays.copyOf(long31, 480_000));
    assertThat(logMel(80, MAX_FRAMES, long31).toArray()).isEqualTo(expected.toArray());
  }

  @Test
  void fewerFramesAreTheFirstOfThirtySeconds() {
    TestSeeds.upTo(20)
        .forEach(
            seed -> {
              int samples = 1 + new Random(seed).nextInt(40_000);
              float[] clip = noise(samples, seed);
              int exact = (samples + 319) / 320 * 2;
              double[][] expected = PlainLogMel.of(clip, 80, 30);
              for (int frames : new int[] {exact, exact + 14, exact + 400}) {
                try {
                  assertEqualsPlain(logMel(80, frames, clip), expected);
                } catch (AssertionError e) {
                  throw new AssertionError(
                      "-Dtest.seed=%d, %d samples, %d frames".formatted(seed, samples, frames), e);
                }
              }
            });
  }

  @Test
  void loudEndIsHeardByTheMaximumThoughItsFramesAreDropped() {
    float[] clip = noise(3200, 3);
    clip[3199] = 50;
    assertEqualsPlain(logMel(80, 20, clip), PlainLogMel.of(clip, 80, 30));
  }

  @Test
  void rowsOfABatchDoNotAffectEachOther() {
    float[] quiet = noise(16_000, 4);
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] *= 1e-3f;
    }
    float[][] rows = {noise(16_000, 5), quiet, new float[16_000], noise(16_000, 6)};
    FloatTensor together = logMel(80, 100, rows);
    int size = 80 * 100;
    for (int row = 0; row < rows.length; row++) {
      float[] alone = logMel(80, 100, rows[row]).toArray();
      double worst = 0;
      for (int i = 0; i < size; i++) {
        worst = Math.max(worst, Math.abs((double) together.get(row * size + i) - alone[i]));
      }
      assertThat(worst).as("row %d", row).isLessThanOrEqualTo(ROUNDING);
    }
  }

  @Test
  void gainShiftsEveryValue() {
    float[] clip = noise(16_000, 7);
    float[] louder = new float[clip.length];
    for (int i = 0; i < clip.length; i++) {
      louder[i] = 3 * clip[i];
    }
    FloatTensor before = logMel(80, 100, clip);
    FloatTensor after = logMel(80, 100, louder);
    double shift = 2 * Math.log10(3) / 4;
    for (int i = 0; i < before.size(); i++) {
      assertThat(Math.abs(after.get(i) - before.get(i) - shift)).isLessThan(TWICE_FLOAT32);
    }
  }

  @Test
  void valuesLieWithinTwoOfTheLoudest() {
    float[] values = logMel(128, 3000, noise(16_000, 8)).toArray();
    float loudest = Float.NEGATIVE_INFINITY;
    float softest = Float.POSITIVE_INFINITY;
    for (float value : values) {
      loudest = Math.max(loudest, value);
      softest = Math.min(softest, value);
    }
    assertThat((double) loudest - softest).isBetween(2 - 1e-6, 2 + 1e-6);
  }

  @Test
  void silenceIsTheFloor() {
    for (float value : logMel(80, 100, new float[16_000]).toArray()) {
      assertThat(Math.abs(value + 1.5f)).isLessThanOrEqualTo(2 * Math.ulp(1.5f));
    }
  }
}
