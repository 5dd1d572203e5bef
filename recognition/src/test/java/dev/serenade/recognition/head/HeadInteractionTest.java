package dev.serenade.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.recognition.head.QkvPooling.Query;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What heads that see one another, in keys, values or scores, have to do with those that do not.
 */
final class HeadInteractionTest {

  private static final int HEADS = 3;
  private static final int HEAD_WIDTH = 4;
  private static final int INNER = HEADS * HEAD_WIDTH;
  private static final int PROJECTION = 8;
  private static final int FRAMES = 6;

  /** Absolute: sums of a few dozen float32 products of magnitude 1. */
  private static final Offset<Float> ROUNDING = Offset.offset(3e-5f);

  @Test
  void trainingStartsAtThePoolingWithoutInteraction() throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      Head linear = RandomHeads.head(qkv(HeadInteraction.LINEAR), new SplittableRandom(seed));
      Map<String, FloatTensor> parameters = new LinkedHashMap<>(linear.parameters());
      for (ParameterSpec parameter : linear.spec().parameters()) {
        if (parameter.name().startsWith("qkv.interaction")) {
          assertThat(parameter.initialMean()).isZero();
          assertThat(parameter.initialSpread()).isZero();
          parameters.put(parameter.name(), FloatTensor.of(new float[HEADS * HEADS], HEADS, HEADS));
        }
      }
      assertSame(Head.of(linear.spec(), parameters), without(linear), seed);
    }
  }

  @Test
  void recombinedHeadsAreHeadsOfRecombinedLinears() throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      Head linear = RandomHeads.head(qkv(HeadInteraction.LINEAR), new SplittableRandom(seed));
      Map<String, FloatTensor> parameters = new LinkedHashMap<>(without(linear).parameters());
      for (String layer : new String[] {"key", "value"}) {
        FloatTensor matrix = linear.parameter("qkv.interaction." + layer + "s");
        for (String name : new String[] {"qkv." + layer + ".weight", "qkv." + layer + ".bias"}) {
          parameters.put(name, recombined(matrix, linear.parameter(name)));
        }
      }
      assertSame(linear, Head.of(qkv(HeadInteraction.NONE), parameters), seed);
    }
  }

  @Test
  void normalisedHeadsSayNothingOfTheScaleOfTheirValues() throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      Head head = RandomHeads.head(qkv(HeadInteraction.NORMALISED), new SplittableRandom(seed));
      Map<String, FloatTensor> parameters = new LinkedHashMap<>(head.parameters());
      for (String name : new String[] {"qkv.value.weight", "qkv.value.bias"}) {
        // So large that the epsilon of the normalisation does not matter.
        parameters.put(name, scaled(head.parameter(name), 100));
      }
      Map<String, FloatTensor> larger = new LinkedHashMap<>(parameters);
      for (String name : new String[] {"qkv.value.weight", "qkv.value.bias"}) {
        larger.put(name, scaled(head.parameter(name), 700));
      }
      assertSame(Head.of(head.spec(), larger), Head.of(head.spec(), parameters), seed);
    }
  }

  @Test
  void scoresThatSeeTheirOwnHeadOnlyAreNotMixed() throws Exception {
    for (long seed : RandomHeads.seeds().toArray()) {
      Head plain = RandomHeads.head(attentive(false), new SplittableRandom(seed));
      FloatTensor rows = plain.parameter("attentive.score2.weight");
      float[] blocks = new float[HEADS * INNER];
      for (int i = 0; i < INNER; i++) {
        blocks[i / HEAD_WIDTH * INNER + i] = rows.get(i);
      }
      Map<String, FloatTensor> parameters = new LinkedHashMap<>(plain.parameters());
      parameters.put("attentive.score2.weight", FloatTensor.of(blocks, HEADS, INNER));
      assertSame(Head.of(attentive(true), parameters), plain, seed);
    }
  }

  @ParameterizedTest
  @EnumSource(HeadInteraction.class)
  void oneValueCannotBeNormalised(HeadInteraction interaction) {
    if (interaction == HeadInteraction.NORMALISED) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> qkv(interaction, 1))
          .withMessage("heads of width at least 2 are needed to normalise them, found 1");
    } else {
      assertThat(qkv(interaction, 1).pooling().attentionHeads()).isEqualTo(HEADS);
    }
  }

  private static HeadSpec qkv(HeadInteraction interaction) {
    return qkv(interaction, HEAD_WIDTH);
  }

  private static HeadSpec qkv(HeadInteraction interaction, int headWidth) {
    return spec(
        new QkvPooling(
            HEADS, headWidth, Query.GLOBAL_MEAN, true, false, OutputNorm.NONE, interaction));
  }

  private static HeadSpec attentive(boolean mixed) {
    return spec(new AttentivePooling(HEADS, HEAD_WIDTH, true, mixed, OutputNorm.NONE));
  }

  private static HeadSpec spec(Pooling pooling) {
    return new HeadSpec(
        new SingleLayer(1),
        HeadSpecs.INPUT_WIDTH,
        InputNormalisation.NONE,
        PROJECTION,
        pooling,
        HeadSpecs.CLASSES,
        0);
  }

  private static Head without(Head head) {
    Map<String, FloatTensor> parameters = new LinkedHashMap<>(head.parameters());
    parameters.keySet().removeIf(name -> name.startsWith("qkv.interaction"));
    return Head.of(qkv(HeadInteraction.NONE), parameters);
  }

  /** Returns rows of heads, each plus what the matrix takes of all heads. */
  private static FloatTensor recombined(FloatTensor matrix, FloatTensor tensor) {
    float[] sums = tensor.toArray();
    int head = tensor.size() / HEADS;
    for (int i = 0; i < HEADS; i++) {
      for (int j = 0; j < HEADS; j++) {
        for (int k = 0; k < head; k++) {
          sums[i * head + k] += matrix.get(i * HEADS + j) * tensor.get(j * head + k);
        }
      }
    }
    return FloatTensor.of(sums, tensor.shape());
  }

  private static FloatTensor scaled(FloatTensor tensor, float factor) {
    float[] values = tensor.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return FloatTensor.of(values, tensor.shape());
  }

  private static void assertSame(Head actual, Head expected, long seed) throws Exception {
    FloatTensor states =
        RandomHeads.tensor(new SplittableRandom(seed + 1), 2, 2, FRAMES, HeadSpecs.INPUT_WIDTH);
    FloatTensor mask = HeadRun.mask(FRAMES, FRAMES, 2);
    try (HeadRun run = new HeadRun(actual);
        HeadRun other = new HeadRun(expected)) {
      assertThat(run.run(states, mask).logits().toArray())
          .as("seed %d", seed)
          .containsExactly(other.run(states, mask).logits().toArray(), ROUNDING);
    }
  }
}
