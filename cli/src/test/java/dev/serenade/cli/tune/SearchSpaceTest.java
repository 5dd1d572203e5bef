package dev.serenade.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SearchSpaceTest {

  @Test
  void valuesAreWordsOrRanges() {
    assertThat(Values.parse("mean,qkv", false)).isEqualTo(new Words(List.of("mean", "qkv")));
    assertThat(Values.parse("0:0.5", false)).isEqualTo(new Range(0, 0.5, false, false));
    assertThat(Values.parse("1e-4:1e-2:log", false)).isEqualTo(new Range(1e-4, 1e-2, true, false));
    assertThat(Values.parse("10:40", true)).isEqualTo(new Range(10, 40, false, true));
    assertThat(Values.parse("3,concat:2-5", false).samples()).containsExactly("3", "concat:2-5");
    assertThat(Values.parse("3;concat:2,4", false).samples()).containsExactly("3", "concat:2,4");
  }

  @Test
  void valuesThatMakeNoSenseSayWhatWasExpected() {
    assertThatThrownBy(() -> Values.parse("mean,,qkv", false))
        .hasMessageContaining("expected values such as mean,qkv, or a range such as 0:0.5");
    assertThatThrownBy(() -> Values.parse("", false)).hasMessageContaining("found ''");
    assertThatThrownBy(() -> Values.parse("0.5:0.1", false))
        .hasMessage("expected a range from a lower to a higher number, found 0.5:0.1");
    assertThatThrownBy(() -> Values.parse("0:1:log", false))
        .hasMessage("expected a range above 0 for :log, found 0.0:1.0:log");
    assertThatThrownBy(() -> Values.parse("1.2.3:4", false)).hasMessageContaining("found 1.2.3:4");
    assertThatThrownBy(() -> Values.parse("mean,mean", false)).hasMessageContaining("each once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean,qkv", "0:0.5", "0.0001:0.01:log", "3;concat:2,4"})
  void textIsReadBack(String text) {
    assertThat(Values.parse(text, false).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0:0.47", "0.00013:0.0077:log", "mean,qkv,linear"})
  void whatIsDrawnOrNearLiesWithin(String text) {
    Values values = Values.parse(text, false);
    SplittableRandom random = new SplittableRandom(7);
    String value = values.draw(random);
    Set<String> seen = new LinkedHashSet<>();
    for (int i = 0; i < 300; i++) {
      value = i % 2 == 0 ? values.near(value, random) : values.draw(random);
      assertThat(values.contains(value)).as(value).isTrue();
      assertThat(values.bins()).contains(values.bin(value));
      seen.add(values.bin(value));
    }
    assertThat(seen).as("every part of it is reached").hasSameSizeAs(values.bins());
  }

  @Test
  void aRangeFromZeroIsOffOneTimeInThree() {
    Range range = new Range(0, 0.5, false, false);
    SplittableRandom random = new SplittableRandom(3);
    long off = IntStream.range(0, 3000).filter(i -> range.draw(random).equals("0")).count();
    assertThat(off).isBetween(900L, 1100L);
  }

  @Test
  void aNumberIsNoOtherThanTheSameWrittenOtherwise() {
    SearchSpace space = SearchSpace.standard(6);

    assertThat(space.canonical(Map.of("mixup", "0.0", "lr", "1e-3", "batch", "16")))
        .isEqualTo(Map.of("mixup", "0", "lr", "0.001", "batch", "16"));
  }

  @Test
  void wholeNumbersStayWhole() {
    Range range = new Range(10, 40, false, true);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100; i++) {
      assertThat(Integer.parseInt(range.draw(random))).isBetween(10, 40);
      assertThat(Integer.parseInt(range.near("39", random))).isBetween(32, 40);
    }
  }

  @Test
  void onlyWhatMattersToAPoolingIsItsSetting() {
    SearchSpace space = SearchSpace.standard(6);
    Map<String, String> values = space.draw(new SplittableRandom(1));

    values.put(SearchSpace.POOLING, "linear");
    assertThat(space.relevant(values)).containsOnlyKeys(SearchSpace.POOLING, SearchSpace.LAYER);
    values.put(SearchSpace.POOLING, "mean");
    assertThat(space.relevant(values)).containsKeys("dropout", "lr").doesNotContainKey("heads");
    values.put(SearchSpace.POOLING, "qkv");
    assertThat(space.relevant(values)).containsKeys("heads", "head-dim");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6, 12, 32})
  void theMiddleLayersOfEveryEncoderAreListenedTo(int blocks) {
    SearchSpace space = SearchSpace.standard(blocks);
    Values layers = Objects.requireNonNull(space.settings().get(SearchSpace.LAYER));

    assertThat(layers.contains(Integer.toString((blocks + 1) / 2))).isTrue();
    assertThat(layers.samples()).hasSizeLessThanOrEqualTo(10);
    assertThat(SearchSpace.guesses(blocks)).allMatch(space::contains);
  }
}
