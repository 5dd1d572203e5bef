package dev.serenade.cli.predict;

import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.TimelineSegment;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes CSV (RFC 4180): a row per recording, or, with a timeline, a row per segment with its start
 * and end. The set is the recording's, its emotions with a space between them.
 */
final class CsvWriter implements OutcomeWriter {

  private final CSVPrinter out;
  private final List<String> labels;
  private final boolean timeline;
  private final boolean sets;

  CsvWriter(Writer out, List<String> labels, boolean timeline, boolean sets) throws IOException {
    this.out = new CSVPrinter(out, CSVFormat.RFC4180);
    this.labels = labels;
    this.timeline = timeline;
    this.sets = sets;
    List<String> header = new ArrayList<>(List.of("file", "durationSeconds"));
    if (timeline) {
      header.addAll(List.of("startSeconds", "endSeconds"));
    }
    header.addAll(List.of("emotion", "confidence", "abstained"));
    header.addAll(labels);
    if (sets) {
      header.add("set");
    }
    header.addAll(List.of("errorCode", "errorMessage"));
    this.out.printRecord(header);
  }

  @Override
  public void write(Outcome outcome) throws IOException {
    if (outcome instanceof Heard heard) {
      write(heard);
    } else if (outcome instanceof Failed failed) {
      List<Object> row = new ArrayList<>(List.of(failed.file()));
      row.addAll(Collections.nCopies((timeline ? 6 : 4) + labels.size() + (sets ? 1 : 0), ""));
      row.add(failed.code());
      row.add(failed.message());
      out.printRecord(row);
    }
  }

  private void write(Heard heard) throws IOException {
    Recognition recognition = heard.recognition();
    if (!timeline) {
      out.printRecord(row(heard, List.of(), recognition.scores(), recognition.abstained()));
    }
    for (TimelineSegment segment : heard.timeline()) {
      List<Object> range =
          List.of(Decimals.seconds(segment.startSeconds()), Decimals.seconds(segment.endSeconds()));
      out.printRecord(row(heard, range, segment.scores(), segment.abstained()));
    }
  }

  private List<Object> row(
      Heard heard, List<Object> range, EmotionScores scores, boolean abstained) {
    List<Object> row = new ArrayList<>();
    row.add(heard.file());
    row.add(Decimals.seconds(heard.recognition().durationSeconds()));
    row.addAll(range);
    row.add(scores.emotion());
    row.add(Decimals.score(scores.confidence()));
    row.add(abstained);
    labels.forEach(label -> row.add(Decimals.score(scores.of(label))));
    if (sets) {
      row.add(String.join(" ", heard.set()));
    }
    row.add("");
    row.add("");
    return row;
  }
}
