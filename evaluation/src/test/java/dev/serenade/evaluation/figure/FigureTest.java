package dev.serenade.evaluation.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.RandomPredictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.significance.Interval;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class FigureTest {

  private static final List<String> CLASSES = List.of("a < b", "c & \"d\"", "e'f");

  static Stream<Figure> figures() {
    List<Series> series =
        List.of(
            new Series("one", List.of(0.2, 0.9, 1.0), List.of(0.3, 0.3, 0.01)),
            new Series("<two>", List.of(0.0, Double.NaN, 0.5)));
    ConfusionMatrix confusion =
        ConfusionMatrix.of(CLASSES, new long[][] {{5, 0, 1}, {0, 0, 0}, {2, 2, 2}});
    AttentionTrace trace =
        new AttentionTrace(
            "a&b.wav", "x", "y", 0.02, List.of(List.of(0.1, 0.9), List.of(0.5, 0.5)), List.of());
    return Stream.of(
        RadarChart.of("radar", "Radar & co", CLASSES, series),
        BarChart.of("bars", "Bars", "%", CLASSES, series),
        ConfusionMatrixChart.of("confusion", "Confusion", confusion),
        LineChart.of(
            "lines",
            "Lines",
            "epoch",
            "loss",
            List.of(
                new LineChart.Bundle(series.get(0)),
                new LineChart.Bundle(series.get(1), List.of(series.get(0))))),
        ReliabilityDiagram.of(
            "reliability", "Reliability", Calibration.of(RandomPredictions.of(1, 4, 20))),
        AttentionChart.of("attention", trace),
        TimelineChart.of(
            "timeline",
            new TimelinePicture(
                "a & b.wav",
                "<10 s>",
                10,
                CLASSES,
                List.of(new TimelinePicture.Column(0, 10, List.of(0.2, 0.3, 0.5))),
                List.of(new TimelinePicture.Bar(0, 10, 0, "a < b", "a < b & so on")),
                List.of(new TimelinePicture.Gap(2, 3, "a < b & so on")))),
        SearchChart.of(
            "search",
            "Search",
            "UA, %",
            List.of(
                new SearchChart.Point(0.8, true, "a < b"),
                new SearchChart.Point(0.6, false, "& so on"))),
        IntervalChart.of(
            "intervals",
            "Intervals",
            "recall, %",
            "chance",
            0.25,
            List.of(
                new IntervalChart.Row("a & b", 0.3, Optional.of(new Interval(0.2, 0.4))),
                new IntervalChart.Row("c", 1, Optional.empty()))));
  }

  @Test
  void linesMayRunOverSharesInPlaceOfSteps() {
    Series line = new Series("line", List.of(1.0, 0.5, 0.0));
    Figure figure =
        LineChart.of("shares", "Shares", "%", "score", List.of(new LineChart.Bundle(line)), 0, 50);
    Figure steps =
        LineChart.of("steps", "Steps", "step", "score", List.of(new LineChart.Bundle(line)));

    assertThat(figure.body()).contains(">0</text>", ">80</text>", ">100</text>");
    assertThat(steps.body()).contains(">3.0</text>").doesNotContain(">80</text>");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyFigureIsWellFormedAndNamesItself(Figure figure) throws Exception {
    Element root = parse(figure).getDocumentElement();
    assertThat(root.getAttribute("viewBox")).isNotEmpty();
    assertThat(root.getAttribute("aria-label")).isEqualTo(figure.title());
    assertThat(figure.standalone()).contains("prefers-color-scheme: dark");
    assertThat(figure.embedded()).doesNotContain("<style>");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void nothingIsDrawnAtPlacesThatAreNoNumbers(Figure figure) {
    assertThat(figure.body()).doesNotContain("NaN").doesNotContain("Infinity");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void everyTextStartsWithinTheDrawing(Figure figure) throws Exception {
    NodeList texts = parse(figure).getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      assertThat(Double.parseDouble(text.getAttribute("x"))).isBetween(0.0, figure.width());
      assertThat(Double.parseDouble(text.getAttribute("y"))).isBetween(0.0, figure.height());
    }
  }

  @Test
  void aBarIsAsHighAsItsValue() throws Exception {
    Figure figure =
        BarChart.of("b", "B", "%", List.of("x"), List.of(new Series("s", List.of(0.25))));
    Element bar = (Element) parse(figure).getElementsByTagName("rect").item(1);
    // The axis from 0 to 100 % is 220 pixels high.
    assertThat(bar.getAttribute("height")).isEqualTo("55");
  }

  @Test
  void seriesOfTheWrongLengthAreRefused() {
    List<Series> two = List.of(new Series("s", List.of(0.1, 0.2)));
    assertThatThrownBy(() -> RadarChart.of("r", "R", CLASSES, two))
        .hasMessageContaining("series s: expected a value for each of 3 classes, found 2");
    assertThatThrownBy(() -> new Series("s", List.of(0.1), List.of(0.1, 0.2)))
        .hasMessageContaining("as many deviations as its 1 values, found 2");
  }

  private static Document parse(Figure figure)
      throws ParserConfigurationException, SAXException, IOException {
    byte[] bytes = figure.standalone().getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }
}
