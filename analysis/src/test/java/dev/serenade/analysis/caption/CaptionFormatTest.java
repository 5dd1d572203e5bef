package dev.serenade.analysis.caption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Each format, read strictly by the rules of its specification. */
final class CaptionFormatTest {

  private static final String AWKWARD = "a \"b\" <c> & 'd', é";
  private static final CaptionSource WHOLE =
      new CaptionSource("calls/a & \"b\".wav", OptionalInt.empty());
  private static final CaptionSource CHANNEL =
      new CaptionSource("calls/call.wav", OptionalInt.of(2));
  private static final double HOURS = 101.5 * 3600;
  private static final double DURATION = HOURS + 60;

  private static final List<TimelineSegment> SEGMENTS =
      List.of(
          segment(0, 1.0000625, "angry", 0.834, Abstention.NONE),
          segment(1.0000625, 2.5, AWKWARD, 0.5, Abstention.NONE),
          segment(3.0625, 3.1, "angry", 0.6, Abstention.UNSURE),
          segment(HOURS, HOURS + 59.9996, "sad", 1, Abstention.NONE));

  private static TimelineSegment segment(
      double start, double end, String emotion, double score, Abstention abstention) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(emotion, score);
    scores.put("other", 1 - score);
    return new TimelineSegment(start, end, new EmotionScores(scores), abstention);
  }

  private static String written(CaptionFormat format, CaptionSource source) throws IOException {
    return written(format, source, SEGMENTS, DURATION);
  }

  private static String written(
      CaptionFormat format, CaptionSource source, List<TimelineSegment> segments, double seconds)
      throws IOException {
    StringWriter out = new StringWriter();
    CaptionWriter writer = format.on(out, source);
    for (TimelineSegment segment : segments) {
      writer.write(segment);
    }
    writer.end(seconds);
    return out.toString();
  }

  @ParameterizedTest
  @EnumSource(CaptionFormat.class)
  void noFormatHasAByteOrderMarkOrCarriageReturns(CaptionFormat format) throws IOException {
    assertThat(written(format, WHOLE)).doesNotContain("\ufeff", "\r");
  }

  @Test
  void subRipHasNumberedCuesOfTimesWithCommas() throws IOException {
    List<Cue> cues = subRip(written(CaptionFormat.SRT, WHOLE));

    assertThat(cues)
        .containsExactly(
            new Cue(0, 1000, "angry 83 %"),
            new Cue(1000, 2500, AWKWARD + " 50 %"),
            new Cue(3063, 3100, "unsure 60 %"),
            new Cue(365_400_000, 365_460_000, "sad 100 %"));
    assertThat(written(CaptionFormat.SRT, CHANNEL)).contains("\nchannel 2: angry 83 %\n");
    assertThat(written(CaptionFormat.SRT, WHOLE, List.of(), 5)).isEmpty();
  }

  private record Cue(long start, long end, String text) {}

  private static List<Cue> subRip(String text) {
    List<Cue> cues = new ArrayList<>();
    for (String block : text.split("(?<=\n)\n", -1)) {
      if (!block.isEmpty()) {
        String[] lines = block.split("\n", -1);
        assertThat(lines).hasSize(4);
        assertThat(lines[0]).isEqualTo(Integer.toString(cues.size() + 1));
        assertThat(lines[3]).isEmpty();
        cues.add(cue(lines[1], ",", lines[2]));
      }
    }
    return checked(cues);
  }

  private static Cue cue(String range, String point, String text) {
    String time = "(\\d{2,}):([0-5]\\d):([0-5]\\d)" + Pattern.quote(point) + "(\\d{3})";
    Matcher matcher = Pattern.compile(time + " --> " + time).matcher(range);
    assertThat(matcher.matches()).as(range).isTrue();
    return new Cue(milliseconds(matcher, 1), milliseconds(matcher, 5), text);
  }

  private static long milliseconds(Matcher matcher, int group) {
    return ((Long.parseLong(matcher.group(group)) * 60 + Long.parseLong(matcher.group(group + 1)))
                    * 60
                + Long.parseLong(matcher.group(group + 2)))
            * 1000
        + Long.parseLong(matcher.group(group + 3));
  }

  private static List<Cue> checked(List<Cue> cues) {
    long before = 0;
    for (Cue cue : cues) {
      assertThat(cue.start()).isGreaterThanOrEqualTo(before);
      assertThat(cue.end()).isGreaterThan(cue.start());
      before = cue.end();
    }
    return cues;
  }

  @Test
  void webVttHasItsHeaderAndEscapesItsText() throws IOException {
    String text = written(CaptionFormat.VTT, WHOLE);
    assertThat(text).startsWith("WEBVTT\n\n");
    List<Cue> cues = new ArrayList<>();
    for (String block : text.substring("WEBVTT\n\n".length()).split("(?<=\n)\n", -1)) {
      if (!block.isEmpty()) {
        String[] lines = block.split("\n", -1);
        assertThat(lines).hasSize(3);
        assertThat(lines[1]).doesNotContain("-->", "<").doesNotContainPattern("&(?!\\w+;|#39;)");
        cues.add(cue(lines[0], ".", lines[1]));
      }
    }
    assertThat(checked(cues)).contains(new Cue(365_400_000, 365_460_000, "sad 100 %")).hasSize(4);
  }

  @Test
  void audacityHasThreeColumnsAndLabelsOnOneLine() throws IOException {
    List<String> lines = written(CaptionFormat.AUDACITY, CHANNEL).lines().toList();

    assertThat(lines)
        .hasSize(4)
        .allMatch(line -> line.matches("\\d+\\.\\d{6}\t\\d+\\.\\d{6}\t[^\t]+"));
    assertThat(lines.get(0)).isEqualTo("0.000000\t1.000063\tchannel 2: angry 83 %");
    String tab =
        written(
            CaptionFormat.AUDACITY,
            WHOLE,
            List.of(segment(0, 1, "a\tb\nc", 1, Abstention.NONE)),
            1);
    assertThat(tab).isEqualTo("0.000000\t1.000000\ta b c 100 %\n");
  }

  @Test
  void textGridCoversTheRecordingWithIntervals() throws IOException {
    TextGrid grid = TextGrid.read(written(CaptionFormat.TEXTGRID, WHOLE));

    assertThat(grid.tiers.keySet()).containsExactly("emotion", "confidence");
    assertThat(grid.texts("emotion"))
        .containsExactly("angry", AWKWARD, "", "unsure", "", "sad", "");
    assertThat(grid.texts("confidence"))
        .containsExactly("0.83", "0.50", "", "0.60", "", "1.00", "");
    assertThat(TextGrid.read(written(CaptionFormat.TEXTGRID, CHANNEL)).tiers.keySet())
        .containsExactly("emotion, channel 2", "confidence, channel 2");
    assertThat(TextGrid.read(written(CaptionFormat.TEXTGRID, WHOLE, List.of(), 5)).texts("emotion"))
        .containsExactly("");
  }

  /** A strict reader of long text files. */
  private static final class TextGrid {

    private final List<String> lines;
    private final Map<String, List<String>> tiers = new LinkedHashMap<>();
    private int next;

    private TextGrid(String text) {
      lines = text.lines().toList();
    }

    static TextGrid read(String text) {
      TextGrid grid = new TextGrid(text);
      grid.expect("File type = \"ooTextFile\"");
      grid.expect("Object class = \"TextGrid\"");
      grid.expect("");
      grid.expect("xmin = 0");
      double end = grid.number("xmax");
      grid.expect("tiers? <exists>");
      int size = (int) grid.number("size");
      grid.expect("item []:");
      for (int i = 1; i <= size; i++) {
        grid.expect("item [%d]:".formatted(i));
        grid.expect("class = \"IntervalTier\"");
        grid.readTier(grid.text("name"), end);
      }
      assertThat(grid.next).isEqualTo(grid.lines.size());
      return grid;
    }

    private void readTier(String name, double end) {
      expect("xmin = 0");
      assertThat(number("xmax")).isEqualTo(end);
      int size = (int) number("intervals: size");
      double before = 0;
      List<String> texts = new ArrayList<>();
      for (int i = 1; i <= size; i++) {
        expect("intervals [%d]:".formatted(i));
        assertThat(number("xmin")).isEqualTo(before);
        before = number("xmax");
        texts.add(text("text"));
      }
      assertThat(before).isEqualTo(end);
      tiers.put(name, texts);
    }

    List<String> texts(String tier) {
      return tiers.getOrDefault(tier, List.of());
    }

    private void expect(String line) {
      assertThat(lines.get(next++).strip()).isEqualTo(line);
    }

    private double number(String name) {
      String line = lines.get(next++).strip();
      assertThat(line).matches(Pattern.quote(name) + " = \\d+(\\.\\d+)?");
      return Double.parseDouble(line.substring(name.length() + 3));
    }

    private String text(String name) {
      String line = lines.get(next++).strip();
      assertThat(line).matches(Pattern.quote(name) + " = \"([^\"]|\"\")*\"");
      return line.substring(name.length() + 4, line.length() - 1).replace("\"\"", "\"");
    }
  }

  @Test
  void elanIsWellFormedAndEveryReferenceHolds() throws Exception {
    Document document = elan(written(CaptionFormat.EAF, WHOLE));
    Element root = document.getDocumentElement();

    assertThat(root.getTagName()).isEqualTo("ANNOTATION_DOCUMENT");
    assertThat(root.getAttribute("FORMAT")).isEqualTo("3.0");
    assertThat(Instant.parse(root.getAttribute("DATE"))).isBeforeOrEqualTo(Instant.now());
    Element media = elements(document, "MEDIA_DESCRIPTOR").get(0);
    assertThat(media.getAttribute("MEDIA_URL"))
        .isEqualTo(Path.of("calls/a & \"b\".wav").toAbsolutePath().toUri().toString());
    assertThat(media.getAttribute("MIME_TYPE")).isEqualTo("audio/x-wav");
    Map<String, Long> slots = new HashMap<>();
    for (Element slot : elements(document, "TIME_SLOT")) {
      slots.put(slot.getAttribute("TIME_SLOT_ID"), Long.valueOf(slot.getAttribute("TIME_VALUE")));
    }
    assertThat(slots).hasSize(8);
    Set<String> ids = new HashSet<>();
    List<String> tiers = new ArrayList<>();
    for (Element tier : elements(document, "TIER")) {
      tiers.add(tier.getAttribute("TIER_ID"));
      assertThat(tier.getAttribute("LINGUISTIC_TYPE_REF"))
          .isEqualTo(
              elements(document, "LINGUISTIC_TYPE").get(0).getAttribute("LINGUISTIC_TYPE_ID"));
      List<Cue> cues = new ArrayList<>();
      NodeList annotations = tier.getElementsByTagName("ALIGNABLE_ANNOTATION");
      for (int i = 0; i < annotations.getLength(); i++) {
        Element annotation = (Element) annotations.item(i);
        assertThat(ids.add(annotation.getAttribute("ANNOTATION_ID"))).isTrue();
        cues.add(
            new Cue(
                slots.getOrDefault(annotation.getAttribute("TIME_SLOT_REF1"), -1L),
                slots.getOrDefault(annotation.getAttribute("TIME_SLOT_REF2"), -1L),
                annotation.getElementsByTagName("ANNOTATION_VALUE").item(0).getTextContent()));
      }
      assertThat(checked(cues)).hasSize(4);
      if (tiers.size() == 1) {
        assertThat(cues.get(1)).isEqualTo(new Cue(1000, 2500, AWKWARD));
      }
    }
    assertThat(tiers).containsExactly("emotion", "confidence");
  }

  private static Document elan(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static List<Element> elements(Document document, String name) {
    List<Element> elements = new ArrayList<>();
    NodeList found = document.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
