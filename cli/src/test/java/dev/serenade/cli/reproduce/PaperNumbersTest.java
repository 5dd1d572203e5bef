package dev.serenade.cli.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.evaluation.report.PublishedScores;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaperNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "shemo, whisper-tiny, 4",
    "shemo, whisper-small, 12",
    "iemocap, whisper-tiny.en, 4",
    "iemocap, whisper-small.en, 12"
  })
  void everyPoolingHasEveryLayerAndABest(String corpus, String encoder, int layers) {
    PaperNumbers numbers = PaperNumbers.of(corpus, encoder);

    assertThat(numbers.best()).containsOnlyKeys("mean", "attentive", "qkv");
    for (String pooling : numbers.best().keySet()) {
      assertThat(IntStream.rangeClosed(1, layers))
          .allMatch(layer -> numbers.scores(pooling, Integer.toString(layer)).isPresent());
      assertThat(numbers.scores(pooling, Integer.toString(layers + 1))).isEmpty();
    }
  }

  @Test
  void numbersAreSharesAndAreMissingWhereThePaperHasNone() {
    assertThat(PaperNumbers.of("shemo", "whisper-tiny").scores("qkv", "4"))
        .contains(percent(83.32, 75.14, 82.97));
    assertThat(PaperNumbers.of("iemocap", "whisper-small.en").scores("qkv", "11"))
        .contains(
            new PublishedScores(
                OptionalDouble.empty(), OptionalDouble.of(72.96 / 100), OptionalDouble.empty()));
  }

  @Test
  void anotherEncoderHasNone() {
    PaperNumbers base = PaperNumbers.of("shemo", "whisper-base");

    assertThat(base.best()).isEmpty();
    assertThat(base.scores("qkv", "1")).isEmpty();
  }

  private static PublishedScores percent(double accuracy, double recall, double f1) {
    return new PublishedScores(
        OptionalDouble.of(accuracy / 100),
        OptionalDouble.of(recall / 100),
        OptionalDouble.of(f1 / 100));
  }
}
