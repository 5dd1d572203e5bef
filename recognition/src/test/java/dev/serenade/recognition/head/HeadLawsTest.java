package dev.serenade.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.head.QkvPooling.Query;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every head, whatever its parameters. */
@Tag("slow")
final class HeadLawsTest {

  /** Absolute: sums of at most a few dozen float32 terms of magnitude 1. */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);

  private static final int FRAMES = 9;
  private static final int[] LENGTHS = {9, 4, 1};

  @ParameterizedTest
  @MethodSource("dev.serenade.recognition.head.HeadSpecs#all")
  void attentionSumsToOneAndPaddingTakesNone(HeadSpec spec) throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      try (HeadRun run = new HeadRun(RandomHeads.head(spec, random))) {
        FloatTensor weights =
            run.run(states(spec, random, 3), HeadRun.mask(FRAMES, LENGTHS)).attention();
        int heads = spec.pooling().attentionHeads();
        assertThat(weights.shape()).containsExactly(3, heads, FRAMES);
        for (int row = 0; row < 3 * heads; row++) {
          float sum = 0;
          for (int t = 0; t < FRAMES; t++) {
            float weight = weights.get(row * FRAMES + t);
            assertThat(weight).as("seed %d", seed).isBetween(0f, 1f);
            if (t >= LENGTHS[row / heads]) {
              assertThat(weight).as("padding, seed %d", seed).isZero();
            }
            sum += weight;
          }
          assertThat(sum).as("seed %d", seed).isCloseTo(1, ROUNDING);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.serenade.recognition.head.HeadSpecs#all")
  void paddingIsIgnored(HeadSpec spec) throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      try (HeadRun run = new HeadRun(RandomHeads.head(spec, random))) {
        FloatTensor padded = states(spec, random, 1);
        int clip = 1 + random.nextInt(FRAMES);
        float[] own = new float[clip * spec.statesWidth()];
        padded.values().get(own);
        assertSame(
            run.run(padded, HeadRun.mask(FRAMES, clip)),
            run.run(FloatTensor.of(own, 1, clip, spec.statesWidth()), HeadRun.mask(clip, clip)),
            seed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.serenade.recognition.head.HeadSpecs#all")
  void aPermutedBatchGivesPermutedResults(HeadSpec spec) throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      try (HeadRun run = new HeadRun(RandomHeads.head(spec, random))) {
        FloatTensor batch = states(spec, random, 3);
        HeadOutputs<FloatTensor> straight = run.run(batch, HeadRun.mask(FRAMES, 9, 4, 1));
        HeadOutputs<FloatTensor> turned = run.run(rotated(batch), HeadRun.mask(FRAMES, 4, 1, 9));
        assertThat(turned.logits().toArray())
            .as("seed %d", seed)
            .containsExactly(rotated(straight.logits()).toArray(), ROUNDING);
        assertThat(turned.attention().toArray())
            .as("seed %d", seed)
            .containsExactly(rotated(straight.attention()).toArray(), ROUNDING);
      }
    }
  }

  @Test
  void zeroQueryGivesTheMean() throws Exception {
    HeadSpec spec =
        new HeadSpec(
            new SingleLayer(1),
            HeadSpecs.INPUT_WIDTH,
            InputNormalisation.NONE,
            8,
            new QkvPooling(3, 2, Query.LEARNED, true, false, OutputNorm.NONE, HeadInteraction.NONE),
            HeadSpecs.CLASSES,
            0);
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, FloatTensor> parameters =
          new LinkedHashMap<>(RandomHeads.head(spec, random).parameters());
      parameters.put("qkv.query.learned", FloatTensor.of(new float[6], 3, 2));
      try (HeadRun run = new HeadRun(Head.of(spec, parameters))) {
        float[] weights =
            run.run(states(spec, random, 1), HeadRun.mask(FRAMES, 4)).attention().toArray();
        for (int i = 0; i < weights.length; i++) {
          assertThat(weights[i])
              .as("frame %d, seed %d", i % FRAMES, seed)
              .isEqualTo(i % FRAMES < 4 ? 0.25f : 0);
        }
      }
    }
  }

  @Test
  void meanWeightedWithoutScoresIsTheMean() throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      Head weighted =
          RandomHeads.head(plain(new WeightedMeanPooling()), new SplittableRandom(seed));
      Map<String, FloatTensor> parameters = new LinkedHashMap<>(weighted.parameters());
      parameters.put("weighted-mean.score.weight", FloatTensor.of(new float[8], 1, 8));
      Map<String, FloatTensor> rest = new LinkedHashMap<>(parameters);
      rest.keySet().removeIf(name -> name.startsWith("weighted-mean."));
      FloatTensor states = states(weighted.spec(), new SplittableRandom(seed), 1);
      try (HeadRun run = new HeadRun(Head.of(weighted.spec(), parameters));
          HeadRun mean = new HeadRun(Head.of(plain(new MeanPooling()), rest))) {
        FloatTensor mask = HeadRun.mask(FRAMES, 4);
        assertSame(run.run(states, mask), mean.run(states, mask), seed);
      }
    }
  }

  @Test
  void scoresBelowZeroWeighAHundredthOfTheirDifference() throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      Head head = RandomHeads.head(plain(new WeightedMeanPooling()), new SplittableRandom(seed));
      Map<String, FloatTensor> parameters = new LinkedHashMap<>(head.parameters());
      // |w . h| stays below 100, so that all scores have one sign.
      parameters.put("weighted-mean.score.bias", FloatTensor.of(new float[] {100}, 1));
      Head above = Head.of(head.spec(), parameters);
      parameters.put("weighted-mean.score.bias", FloatTensor.of(new float[] {-100}, 1));
      Head below = Head.of(head.spec(), parameters);
      FloatTensor states = states(head.spec(), new SplittableRandom(seed), 1);
      try (HeadRun run = new HeadRun(above);
          HeadRun other = new HeadRun(below)) {
        FloatTensor mask = HeadRun.mask(FRAMES, FRAMES);
        float[] steep = run.run(states, mask).attention().toArray();
        float[] flat = other.run(states, mask).attention().toArray();
        for (int t = 1; t < FRAMES; t++) {
          double difference = Math.log(steep[t]) - Math.log(steep[0]);
          assertThat(Math.log(flat[t]) - Math.log(flat[0]))
              .as("seed %d", seed)
              .isCloseTo(difference / 100, Offset.offset(1e-5));
        }
      }
    }
  }

  private static HeadSpec plain(Pooling pooling) {
    return new HeadSpec(
        new SingleLayer(1),
        HeadSpecs.INPUT_WIDTH,
        InputNormalisation.NONE,
        8,
        pooling,
        HeadSpecs.CLASSES,
        0);
  }

  private static FloatTensor states(HeadSpec spec, SplittableRandom random, int batch) {
    return RandomHeads.tensor(random, 2, batch, FRAMES, spec.statesWidth());
  }

  /** Moves the first clip to the end. */
  private static FloatTensor rotated(FloatTensor batch) {
    float[] values = batch.toArray();
    int clip = values.length / (int) batch.shape()[0];
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i] = values[(i + clip) % values.length];
    }
    return FloatTensor.of(turned, batch.shape());
  }

  private static void assertSame(
      HeadOutputs<FloatTensor> actual, HeadOutputs<FloatTensor> expected, long seed) {
    assertThat(actual.logits().toArray())
        .as("logits, seed %d", seed)
        .containsExactly(expected.logits().toArray(), ROUNDING);
    assertThat(actual.embedding().toArray())
        .as("embedding, seed %d", seed)
        .containsExactly(expected.embedding().toArray(), ROUNDING);
  }
}
