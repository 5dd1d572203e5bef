package dev.serenade.evaluation.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class LogLogChartTest {

  private static final List<Double> SIZES = List.of(1.0, 10.0, 100.0);

  /** Pixels are written to a hundredth. */
  private static final Offset<Double> PIXELS = Offset.offset(0.02);

  private static String svg(Series... series) {
    return LogLogChart.of("times", "Time", "size", "ms", SIZES, List.of(series)).embedded();
  }

  @Test
  void whatIsProportionalToTheSizeIsAStraightLine() {
    String path = svg(new Series("whole", List.of(2.0, 20.0, 200.0)));
    List<double[]> points =
        path.lines()
            .filter(line -> line.contains("class=\"dot s0\""))
            .map(
                line ->
                    new double[] {
                      Double.parseDouble(line.replaceAll(".* cx=\"([^\"]*)\".*", "$1")),
                      Double.parseDouble(line.replaceAll(".* cy=\"([^\"]*)\".*", "$1"))
                    })
            .toList();

    assertThat(points).hasSize(3);
    assertThat(points.get(1)[0] - points.get(0)[0])
        .isCloseTo(points.get(2)[0] - points.get(1)[0], PIXELS);
    assertThat(points.get(1)[1] - points.get(0)[1])
        .isCloseTo(points.get(2)[1] - points.get(1)[1], PIXELS)
        .isNegative();
  }

  @Test
  void onlyTheFirstSeriesHasItsValuesWrittenBesideItsDots() {
    String svg =
        svg(
            new Series("whole", List.of(2.345, 20.0, 234.5)),
            new Series("part", List.of(0.05, 0.7, 6.6)));

    assertThat(svg)
        .contains(">2.35<", ">20<", ">235<")
        .doesNotContain(">0.05<", ">6.6<")
        .contains("<title>part, 1: 0.05</title>", "<title>part, 100: 6.6</title>");
    // Decades of the axis.
    assertThat(svg).contains(">0.01<", ">0.1<", ">1<", ">1000<");
  }

  @Test
  void aValueThatIsNotThereLeavesAGap() {
    String svg = svg(new Series("whole", List.of(2.0, Double.NaN, 200.0)));

    assertThat(svg.lines().filter(line -> line.contains("class=\"dot s0\""))).hasSize(2);
    assertThat(svg.replaceAll("(?s).*class=\"line s0\" d=\"([^\"]*)\".*", "$1"))
        .doesNotContain("L");
  }

  @Test
  void zeroHasNoPlaceOnALogarithmicAxis() {
    assertThatThrownBy(() -> svg(new Series("whole", List.of(2.0, 0.0, 200.0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Time: expected sizes and values above 0, found");
  }
}
