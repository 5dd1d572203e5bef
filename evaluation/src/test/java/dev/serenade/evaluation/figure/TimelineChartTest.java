package dev.serenade.evaluation.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.evaluation.figure.TimelinePicture.Bar;
import dev.serenade.evaluation.figure.TimelinePicture.Column;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimelineChartTest {

  private static final TimelinePicture PICTURE =
      new TimelinePicture(
          "a <call> & more.wav",
          "0:10, angry 70 %",
          10,
          List.of("angry", "sad"),
          List.of(
              new Column(0, 4, List.of(0.8, 0.2)),
              new Column(4, 6, List.of()),
              new Column(6, 10, List.of(0.1, 0.9))),
          List.of(
              new Bar(0, 4, 0, "angry", "0:00 to 0:04: angry 80 %"),
              new Bar(6, 8, -1, "unsure", "0:06 to 0:08: unsure 50 %"),
              new Bar(8, 10, 1, "sad", "0:08 to 0:10: sad 90 %")),
          List.of());

  @Test
  void theSvgIsWellFormedAndNamesWhatItShows() throws Exception {
    String svg = TimelineChart.of("timeline", PICTURE).standalone();

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(svg)
        .contains("a &lt;call&gt; &amp; more.wav", "0:00 to 0:04: angry 80 %", ">unsure<")
        .contains("class=\"bar s0\"", "class=\"bar s1\"", "class=\"unsure\"", ">0:10<");
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, 0:00, 0:01",
    "10, 0:10, 0:11",
    "75, 1:10, 0:05",
    "3599, 55:00, 1:00:00",
    "3600, 1:00:00, 0:01:00",
    "36000, 10:00:00, 0:30:00",
    "360000, 96:00:00, 1:00:00"
  })
  void theAxisIsReadableAtAnyLength(double seconds, String shown, String notShown) {
    TimelinePicture picture =
        new TimelinePicture(
            "a.wav", "", seconds, List.of("angry"), List.of(), List.of(), List.of());
    String svg = TimelineChart.of("timeline", picture).standalone();

    assertThat(svg).contains(">" + shown + "<").doesNotContain(">" + notShown + "<");
    assertThat(svg.split("\">\\d+:\\d\\d", -1)).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void pixelsHaveTheColoursOfTheScores() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TimelineChart.writePng(PICTURE, out);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));

    assertThat(image.getWidth()).isEqualTo(1920);
    assertThat(colour(image, 0.01, 50)).isEqualTo("0072b2");
    assertThat(colour(image, 0.5, 50)).isEqualTo("dfe3e8");
    assertThat(colour(image, 0.99, 50)).isEqualTo("d55e00");
    // Stacked: of the first column, the lower 80 % are the first emotion; bands are paler.
    assertThat(colour(image, 0.2, 282 - 0.7 * 190)).isEqualTo(colour(image, 0.2, 280));
    assertThat(colour(image, 0.2, 282 - 0.9 * 190)).isEqualTo(colour(image, 0.9, 282 - 0.5 * 190));
    assertThat(colour(image, 0.5, 282 - 0.5 * 190)).isEqualTo("dfe3e8");
  }

  @Test
  void whatCouldNotBeDecodedIsHatchedAndSaysWhy() throws IOException {
    TimelinePicture picture =
        new TimelinePicture(
            "a.wav",
            "",
            100,
            List.of("angry"),
            List.of(new Column(0, 100, List.of(1.0))),
            List.of(new Bar(0, 100, 0, "angry", "")),
            List.of(
                new TimelinePicture.Gap(20, 40, "a frame is damaged"),
                new TimelinePicture.Gap(100, 100, "it was cut short")));

    String svg = TimelineChart.of("timeline", picture).standalone();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TimelineChart.writePng(picture, out);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));

    assertThat(svg).contains("a frame is damaged", "it was cut short", "not decodable");
    assertThat(TimelineChart.of("timeline", PICTURE).standalone()).doesNotContain("not decodable");
    assertThat(colours(image, 0.21, 0.39, 50)).contains("ffffff").doesNotContain("0072b2");
    assertThat(colours(image, 0.41, 0.98, 50)).containsOnly("0072b2");
    // A gap without an end, at the very end of the recording.
    assertThat(colours(image, 0.998, 1, 50)).contains("ffffff");
  }

  private static Set<String> colours(BufferedImage image, double from, double to, double y) {
    Set<String> colours = new TreeSet<>();
    for (double share = from; share < to; share += 0.0005) {
      colours.add(colour(image, share, y));
    }
    return colours;
  }

  /** Returns the colour at a share of the time, so many pixels of SVG below the top. */
  private static String colour(BufferedImage image, double share, double y) {
    double x = 46 + share * (960 - 28 - 46);
    return String.format(
        Locale.ROOT,
        "%06x",
        image.getRGB((int) Math.round(2 * x), (int) Math.round(2 * y)) & 0xffffff);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TimelinePicture(
                    "a.wav", "", 0, List.of("angry"), List.of(), List.of(), List.of()))
        .withMessageContaining("a.wav: expected a timeline of more than 0 s");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TimelinePicture(
                    "a.wav",
                    "",
                    2,
                    List.of("angry"),
                    List.of(new Column(0, 2, List.of(0.5, 0.5))),
                    List.of(),
                    List.of()))
        .withMessageContaining("expected scores of 1 emotions, found 2");
  }
}
