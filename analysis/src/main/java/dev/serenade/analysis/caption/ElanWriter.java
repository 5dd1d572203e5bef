package dev.serenade.analysis.caption;

import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes an annotation document for ELAN (https://www.mpi.nl/tools/elan/EAFv3.0.xsd): a tier of
 * emotions and one of their probabilities, in milliseconds. Everything is written at the end, since
 * times come before what happens at them.
 */
final class ElanWriter implements CaptionWriter {

  private static final Map<String, String> MIME_TYPES =
      Map.of("wav", "audio/x-wav", "mp3", "audio/mpeg", "mp4", "video/mp4");

  private final Writer out;
  private final CaptionSource source;
  private final List<TimelineSegment> segments = new ArrayList<>();

  ElanWriter(Writer out, CaptionSource source) {
    this.out = out;
    this.source = source;
  }

  @Override
  public void write(TimelineSegment segment) {
    segments.add(segment);
  }

  @Override
  public void end(double durationSeconds) throws IOException {
    out.write(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <ANNOTATION_DOCUMENT AUTHOR="Serenade" DATE="%s" FORMAT="3.0" VERSION="3.0"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
          <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
            <MEDIA_DESCRIPTOR MEDIA_URL="%s" MIME_TYPE="%s"/>
            <PROPERTY NAME="lastUsedAnnotationId">%d</PROPERTY>
          </HEADER>
          <TIME_ORDER>
        """
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                CaptionText.markup(Path.of(source.file()).toAbsolutePath().toUri().toString()),
                mimeType(source.file()),
                2 * segments.size()));
    for (int i = 0; i < segments.size(); i++) {
      slot(2 * i + 1, segments.get(i).startSeconds());
      slot(2 * i + 2, segments.get(i).endSeconds());
    }
    out.write("  </TIME_ORDER>\n");
    tier(source.tier("emotion"), 0, CaptionText::emotion);
    tier(source.tier("confidence"), segments.size(), CaptionText::confidence);
    out.write(
        """
          <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>
        </ANNOTATION_DOCUMENT>
        """);
  }

  private void slot(int number, double seconds) throws IOException {
    out.write(
        "    <TIME_SLOT TIME_SLOT_ID=\"ts%d\" TIME_VALUE=\"%d\"/>\n"
            .formatted(number, CaptionText.milliseconds(seconds)));
  }

  private void tier(String name, int annotationsBefore, Function<TimelineSegment, String> text)
      throws IOException {
    out.write(
        "  <TIER LINGUISTIC_TYPE_REF=\"default-lt\" TIER_ID=\"%s\">\n"
            .formatted(CaptionText.markup(name)));
    for (int i = 0; i < segments.size(); i++) {
      out.write(
          """
              <ANNOTATION>
                <ALIGNABLE_ANNOTATION ANNOTATION_ID="a%d" TIME_SLOT_REF1="ts%d" TIME_SLOT_REF2="ts%d">
                  <ANNOTATION_VALUE>%s</ANNOTATION_VALUE>
                </ALIGNABLE_ANNOTATION>
              </ANNOTATION>
          """
              .formatted(
                  annotationsBefore + i + 1,
                  2 * i + 1,
                  2 * i + 2,
                  CaptionText.markup(text.apply(segments.get(i)))));
    }
    out.write("  </TIER>\n");
  }

  private static String mimeType(String file) {
    String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return MIME_TYPES.getOrDefault(extension, "unknown");
  }
}
