package dev.serenade.evaluation.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TradeOffChartTest {

  private static String svg(TradeOffChart.Point... points) {
    return TradeOffChart.of("t", "Title", "ms", "UA", List.of("a", "b"), List.of(points))
        .embedded();
  }

  private static List<double[]> dots(String svg) {
    List<double[]> dots = new ArrayList<>();
    Matcher dot =
        Pattern.compile("class=\"dot s\\d\" cx=\"([^\"]+)\" cy=\"([^\"]+)\"").matcher(svg);
    while (dot.find()) {
      dots.add(new double[] {Double.parseDouble(dot.group(1)), Double.parseDouble(dot.group(2))});
    }
    return dots;
  }

  @Test
  void cheaperIsLeftAndBetterIsUp() {
    List<double[]> dots =
        dots(
            svg(
                new TradeOffChart.Point(0, "slow", 60, 90),
                new TradeOffChart.Point(1, "fast", 30, 85)));
    assertThat(dots).hasSize(2);
    assertThat(dots.get(1)[0]).isLessThan(dots.get(0)[0]);
    assertThat(dots.get(1)[1]).as("y counts down").isGreaterThan(dots.get(0)[1]);
  }

  @Test
  void namesOfNeighboursDoNotOverlap() {
    String svg =
        svg(
            new TradeOffChart.Point(0, "one", 30, 90),
            new TradeOffChart.Point(0, "two", 30.01, 90),
            new TradeOffChart.Point(1, "three", 30.02, 90.01));
    Matcher label = Pattern.compile("y=\"([^\"]+)\"[^>]*>(one|two|three)<").matcher(svg);
    List<Double> baselines = new ArrayList<>();
    while (label.find()) {
      baselines.add(Double.parseDouble(label.group(1)));
    }
    assertThat(baselines).hasSize(3);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(Math.abs(baselines.get(i) - baselines.get(j))).isGreaterThanOrEqualTo(12);
      }
    }
  }

  @Test
  void pointsMustBeFinite() {
    assertThatThrownBy(() -> svg(new TradeOffChart.Point(0, "x", Double.NaN, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Title: expected finite points, found");
    assertThatThrownBy(() -> svg()).isInstanceOf(IllegalArgumentException.class);
  }
}
