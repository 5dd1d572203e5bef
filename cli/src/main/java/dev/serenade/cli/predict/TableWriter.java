package dev.serenade.cli.predict;

import dev.serenade.audio.Gap;
import dev.serenade.cli.console.Bars;
import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.Text;
import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.explanation.Occlusion;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.transcription.Transcript;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Writes a table for people: a row per recording, with a bar per class. Segments of a timeline and
 * what explains the score follow their recording, indented. Of a long recording, segments come
 * first, as they become known, and its own scores after them.
 */
final class TableWriter implements OutcomeWriter {

  private static final int LONGEST_CURVE = 100;

  /** What stands before the scores of a recording whose segments stand above. */
  private static final String ALL = "all";

  private final Writer out;
  private final TableLayout layout;
  private final Bars bars;
  private final ScoreRow row;
  private boolean open;

  TableWriter(Writer out, TableLayout layout, Display display, boolean colours) throws IOException {
    this.out = out;
    this.layout = layout;
    this.bars = new Bars(display.blocks());
    this.row = new ScoreRow(layout, bars, colours);
    writeLine(row.heading(TableLayout.FILE));
  }

  @Override
  public void write(Outcome outcome) throws IOException {
    if (outcome instanceof Failed failed) {
      writeError(name(failed.track().name()), failed.detail());
    } else if (outcome instanceof Heard heard) {
      Recognition recognition = heard.analysis().recognition();
      writeScores(name(heard.track().name()), heard);
      if (heard.said().isPresent() && heard.analysis().timeline().isEmpty()) {
        writeTranscript(heard.said().get().whole());
      }
      for (HeardSegment segment : HeardSegment.of(heard)) {
        segment(segment);
      }
      writeGaps(heard);
      if (heard.analysis().explanation().isPresent()
          && recognition.abstention() != Abstention.SILENT) {
        writeExplanation(heard.analysis().explanation().get(), recognition);
      }
    }
  }

  @Override
  public void begin(Track track, OptionalDouble statedSeconds) throws IOException {
    writeLine(name(track.name()));
    open = true;
  }

  @Override
  public void segment(HeardSegment segment) throws IOException {
    TimelineSegment emotion = segment.emotion();
    String range = row.range(emotion.startSeconds(), emotion.endSeconds());
    writeLine(row.of(range, "", emotion.scores(), emotion.abstention(), ""));
    if (segment.transcript().isPresent()) {
      writeTranscript(segment.transcript().get());
    }
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    open = false;
    if (outcome instanceof Failed failed) {
      writeError(Text.left("", layout.file()), failed.detail());
    } else if (outcome instanceof Heard heard) {
      writeGaps(heard);
      writeScores(Text.left(TableLayout.INDENT + ALL, layout.file()), heard);
    }
  }

  @Override
  public void end() throws IOException {
    if (open) {
      writeError(Text.left("", layout.file()), "stopped before its end");
    }
  }

  private void writeError(String name, String detail) throws IOException {
    int room = layout.columns() - layout.file() - TableLayout.GAP.length();
    String error = "error: " + Text.printable(detail);
    writeLine(
        name
            + TableLayout.GAP
            + row.styled(Style.fg_red, Text.cutEnd(error, room, bars.ellipsis())));
  }

  private void writeGaps(Heard heard) throws IOException {
    for (Gap gap : heard.analysis().gaps()) {
      writeError(row.range(gap.startSeconds(), gap.endSeconds()), gap.detail());
    }
  }

  private void writeScores(String name, Heard heard) throws IOException {
    Recognition recognition = heard.analysis().recognition();
    writeLine(
        row.of(
            name,
            ScoreRow.length(recognition.durationSeconds()),
            recognition.scores(),
            recognition.abstention(),
            String.join(TableLayout.SET_GAP, heard.analysis().set())));
  }

  /** Writes what is said, unless that is nothing. */
  private void writeTranscript(Transcript transcript) throws IOException {
    if (!transcript.text().isEmpty()) {
      writeSentence("\"%s\"".formatted(Text.printable(transcript.text())));
    }
  }

  private void writeExplanation(Explanation explanation, Recognition recognition)
      throws IOException {
    int frames = recognition.attention().length();
    if (explanation.attentionExplains()) {
      writeCurve("attention", frames, recognition.attention()::get);
    } else {
      writeSentence(ExplanationText.ofAttention(explanation));
    }
    Occlusion occlusion = explanation.occlusion();
    writeCurve(
        "occlusion",
        frames,
        frame -> Math.max(0, occlusion.changes().get(frame / occlusion.stepFrames())));
    writeSentence(ExplanationText.ofOcclusion(occlusion, recognition.scores()));
  }

  /** Draws a value over time, none negative, as a share of its greatest. */
  private void writeCurve(String name, int frames, IntToDoubleFunction value) throws IOException {
    int room = layout.width() - layout.file() - TableLayout.GAP.length();
    int cells = Math.min(frames, Math.min(room, LONGEST_CURVE));
    List<Double> heights = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      heights.add(mean(frames, value, cell, cells));
    }
    double highest = Collections.max(heights);
    heights.replaceAll(height -> highest > 0 ? height / highest : 0);
    writeLine(
        Text.left(TableLayout.INDENT + name, layout.file())
            + TableLayout.GAP
            + row.styled(Style.fg_cyan, bars.curve(heights)));
  }

  /** The mean of the frames that share a cell. */
  private static double mean(int frames, IntToDoubleFunction value, int cell, int cells) {
    int from = (int) ((long) cell * frames / cells);
    int to = (int) ((cell + 1L) * frames / cells);
    double sum = 0;
    for (int frame = from; frame < to; frame++) {
      sum += value.applyAsDouble(frame);
    }
    return sum / (to - from);
  }

  /** Writes a sentence, on as many lines as it needs. */
  private void writeSentence(String sentence) throws IOException {
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() > 0
          && TableLayout.INDENT.length() + line.length() + 1 + Text.width(word)
              > layout.columns()) {
        writeLine(TableLayout.INDENT + line);
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    writeLine(TableLayout.INDENT + line);
  }

  private String name(String file) {
    String name = Text.cutStart(Text.printable(file), layout.file(), bars.ellipsis());
    return Text.left(name, layout.file());
  }

  private void writeLine(String line) throws IOException {
    out.write(line.stripTrailing());
    out.write(System.lineSeparator());
  }
}
