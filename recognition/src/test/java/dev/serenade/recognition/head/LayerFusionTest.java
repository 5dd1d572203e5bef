package dev.serenade.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LayerFusionTest {

  private static final int FRAMES = 5;

  /** Absolute: sums of a dozen float32 products of magnitude 1. */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3;3",
        "middle;3",
        "last;6",
        "weighted;weighted:1-6",
        "attention:2-4;attention:2-4",
        "concat:2,3;concat:2-3",
        "concat:5,1-2,2;concat:1-2,5",
        "concat:middle;concat:2-5"
      })
  void textIsReadAndWritten(String text, String written) {
    LayerFusion fusion = LayerFusion.parse(text, 6);
    assertThat(fusion.text()).isEqualTo(written);
    assertThat(LayerFusion.parse(written, 6)).isEqualTo(fusion);
  }

  @Test
  void layersAreThoseNamed() {
    assertThat(LayerFusion.parse("weighted:2-5", 6).layers()).containsExactly(2, 3, 4, 5);
    assertThat(LayerFusion.parse("middle", 5)).isEqualTo(new SingleLayer(3));
    assertThat(LayerFusion.parse("concat:1,4", 6).highest()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"2,1-2", "3,1-2", "4,2-3", "12,4-11", "32,11-31"})
  void theMiddleLeavesOutTheFirstThirdAndTheLast(int blocks, String middle) {
    assertThat(LayerFusion.parse("weighted:middle", blocks).text()).isEqualTo("weighted:" + middle);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "7", "first", "", "2-3", "max:2-3", "concat:", "concat:3-2", "weighted:2-7"})
  void whatNamesNoLayerIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerFusion.parse(text, 6))
        .withMessageStartingWith("expected a number from 0 to 6, middle, last, or one of weighted")
        .withMessageEndingWith("found " + text);
  }

  @Test
  void oneLayerIsNotFused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerFusion.parse("weighted:2", 6))
        .withMessageContaining("weighted: expected two layers or more")
        .withMessageContaining("found [2]");
  }

  @Test
  void sumWithEqualWeightsIsTheMeanOfStandardisedLayers() throws Exception {
    List<Integer> layers = List.of(1, 2, 4);
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      Head head = RandomHeads.head(spec(new WeightedLayers(layers)), random);
      FloatTensor states = RandomHeads.tensor(random, 2, 1, FRAMES, head.spec().statesWidth());
      Map<String, FloatTensor> parameters = new LinkedHashMap<>(head.parameters());
      parameters.put("fusion.weights", FloatTensor.of(new float[3], 3));
      assertThat(logits(Head.of(head.spec(), parameters), states))
          .as("seed %d", seed)
          .containsExactly(logits(single(head), mean(head, states)), ROUNDING);
    }
  }

  @Test
  void attentionWithoutScoresIsTheWeightedSum() throws Exception {
    List<Integer> layers = List.of(1, 2, 4);
    for (long seed : RandomHeads.seeds().toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      Head attention = RandomHeads.head(spec(new AttendedLayers(layers)), random);
      FloatTensor states = RandomHeads.tensor(random, 2, 1, FRAMES, attention.spec().statesWidth());
      Map<String, FloatTensor> parameters = new LinkedHashMap<>(attention.parameters());
      parameters.put("fusion.score2.weight", FloatTensor.of(new float[64], 64, 1));
      Map<String, FloatTensor> weighted = new LinkedHashMap<>(parameters);
      weighted.keySet().removeIf(name -> name.startsWith("fusion."));
      weighted.put("fusion.weights", attention.parameter("fusion.offsets"));
      assertThat(logits(Head.of(attention.spec(), parameters), states))
          .as("seed %d", seed)
          .containsExactly(
              logits(Head.of(spec(new WeightedLayers(layers)), weighted), states), ROUNDING);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.serenade.recognition.head.HeadSpecs#fusions")
  void widthIsOfTheLayersOrTheirSum(LayerFusion fusion) {
    assertThat(fusion.fusedWidth(12)).isEqualTo(fusion instanceof ConcatenatedLayers ? 36 : 12);
    assertThat(fusion.isIdentity()).isEqualTo(fusion.parameters(12).isEmpty());
  }

  private static HeadSpec spec(LayerFusion fusion) {
    return HeadSpec.of(fusion, HeadSpecs.INPUT_WIDTH, QkvPooling.of(3, 2), HeadSpecs.CLASSES);
  }

  /** Returns the same head without fusion and standardisation. */
  private static Head single(Head head) {
    Map<String, FloatTensor> parameters = new LinkedHashMap<>(head.parameters());
    parameters.keySet().removeIf(name -> name.startsWith("fusion.") || name.startsWith("input."));
    return Head.of(spec(new SingleLayer(1)), parameters);
  }

  private static FloatTensor mean(Head head, FloatTensor states) {
    int width = HeadSpecs.INPUT_WIDTH;
    FloatTensor mean = head.parameter(HeadSpec.INPUT_MEAN);
    FloatTensor deviation = head.parameter(HeadSpec.INPUT_DEVIATION);
    float[] sums = new float[FRAMES * width];
    for (int i = 0; i < states.size(); i++) {
      int stacked = i % (3 * width);
      float standardised = (states.get(i) - mean.get(stacked)) / deviation.get(stacked);
      sums[i / (3 * width) * width + stacked % width] += standardised / 3;
    }
    return FloatTensor.of(sums, 1, FRAMES, width);
  }

  private static float[] logits(Head head, FloatTensor states) throws Exception {
    try (HeadRun run = new HeadRun(head)) {
      return run.run(states, HeadRun.mask(FRAMES, FRAMES)).logits().toArray();
    }
  }
}
