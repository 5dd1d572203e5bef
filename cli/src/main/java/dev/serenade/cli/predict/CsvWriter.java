package dev.serenade.cli.predict;

import dev.serenade.analysis.Decimals;
import dev.serenade.audio.Gap;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.transcription.Transcript;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes CSV (RFC 4180): a row per track, or, with a timeline, a row per segment with its start and
 * end. The set is the recording's, its emotions with a space between them; the transcript is the
 * segment's.
 *
 * <p>What could not be decoded is an error in the row of its recording, or, with a timeline, a row
 * of its own. Where segments are written before a recording is heard to its end, its duration is
 * what it says itself, if it does, and there is no set.
 */
final class CsvWriter implements OutcomeWriter {

  private static final String NONE = "";

  private final CSVPrinter out;
  private final List<String> labels;
  private final boolean channels;
  private final boolean timeline;
  private final boolean sets;
  private final boolean transcripts;
  private Optional<Track> open = Optional.empty();
  private OptionalDouble openSeconds = OptionalDouble.empty();

  /**
   * Writes the header.
   *
   * @param layout which columns there are
   */
  CsvWriter(Writer out, List<String> labels, OutcomeLayout layout) throws IOException {
    this.out = new CSVPrinter(out, CSVFormat.RFC4180);
    this.labels = labels;
    this.channels = layout.channels();
    this.timeline = layout.timeline();
    this.sets = layout.sets();
    this.transcripts = layout.transcripts();
    List<String> header = new ArrayList<>(List.of("file"));
    if (channels) {
      header.add("channel");
    }
    header.add("durationSeconds");
    if (timeline) {
      header.addAll(List.of("startSeconds", "endSeconds"));
    }
    header.addAll(List.of("emotion", "confidence", "abstained"));
    header.addAll(labels);
    if (sets) {
      header.add("set");
    }
    if (transcripts) {
      header.add("transcript");
    }
    header.addAll(List.of("errorCode", "errorMessage"));
    this.out.printRecord(header);
  }

  @Override
  public void write(Outcome outcome) throws IOException {
    if (outcome instanceof Heard heard) {
      Recognition recognition = heard.analysis().recognition();
      OptionalDouble seconds = OptionalDouble.of(recognition.durationSeconds());
      String set = String.join(" ", heard.analysis().set());
      if (timeline) {
        for (HeardSegment segment : HeardSegment.of(heard)) {
          out.printRecord(row(heard.track(), seconds, segment, set));
        }
        writeGaps(heard, seconds);
      } else {
        List<Object> row = head(heard.track(), seconds);
        row.addAll(
            scores(
                recognition.scores(), recognition.abstained(), set, heard.said().map(Said::whole)));
        boolean complete = heard.analysis().gaps().isEmpty();
        row.add(complete ? NONE : Heard.INCOMPLETE);
        row.add(heard.complaint().orElse(NONE));
        out.printRecord(row);
      }
    } else if (outcome instanceof Failed failed) {
      write(failed, OptionalDouble.empty());
    }
  }

  @Override
  public void begin(Track track, OptionalDouble statedSeconds) {
    open = Optional.of(track);
    openSeconds = statedSeconds;
  }

  @Override
  public void segment(HeardSegment segment) throws IOException {
    out.printRecord(row(open.orElseThrow(), openSeconds, segment, NONE));
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    open = Optional.empty();
    if (outcome instanceof Heard heard) {
      writeGaps(heard, OptionalDouble.of(heard.analysis().recognition().durationSeconds()));
    } else if (outcome instanceof Failed failed) {
      write(failed, openSeconds);
    }
  }

  @Override
  public void end() throws IOException {
    if (open.isPresent()) {
      write(Failed.stopped(open.get()), openSeconds);
    }
  }

  private void write(Failed failed, OptionalDouble seconds) throws IOException {
    List<Object> row = head(failed.track(), seconds);
    if (timeline) {
      row.addAll(List.of(NONE, NONE));
    }
    row.addAll(noScores());
    row.add(failed.code());
    row.add(failed.message());
    out.printRecord(row);
  }

  private void writeGaps(Heard heard, OptionalDouble seconds) throws IOException {
    for (Gap gap : heard.analysis().gaps()) {
      List<Object> row = head(heard.track(), seconds);
      row.add(Decimals.seconds(gap.startSeconds()));
      row.add(Decimals.seconds(gap.endSeconds()));
      row.addAll(noScores());
      row.add(Heard.INCOMPLETE);
      row.add(heard.track().file() + ": cannot decode " + Heard.describe(gap));
      out.printRecord(row);
    }
  }

  private List<Object> row(Track track, OptionalDouble seconds, HeardSegment heard, String set) {
    TimelineSegment segment = heard.emotion();
    List<Object> row = head(track, seconds);
    row.add(Decimals.seconds(segment.startSeconds()));
    row.add(Decimals.seconds(segment.endSeconds()));
    row.addAll(scores(segment.scores(), segment.abstained(), set, heard.transcript()));
    row.add(NONE);
    row.add(NONE);
    return row;
  }

  private List<Object> head(Track track, OptionalDouble seconds) {
    List<Object> row = new ArrayList<>(List.of(track.file()));
    if (channels) {
      row.add(track.channel().isPresent() ? track.channel().getAsInt() : NONE);
    }
    row.add(seconds.isPresent() ? Decimals.seconds(seconds.getAsDouble()) : NONE);
    return row;
  }

  private List<Object> scores(
      EmotionScores scores, boolean abstained, String set, Optional<Transcript> said) {
    List<Object> cells = new ArrayList<>();
    cells.add(scores.emotion());
    cells.add(Decimals.score(scores.confidence()));
    cells.add(abstained);
    labels.forEach(label -> cells.add(Decimals.score(scores.of(label))));
    if (sets) {
      cells.add(set);
    }
    if (transcripts) {
      cells.add(said.map(Transcript::text).orElse(NONE));
    }
    return cells;
  }

  private List<Object> noScores() {
    return Collections.nCopies(3 + labels.size() + (sets ? 1 : 0) + (transcripts ? 1 : 0), NONE);
  }
}
