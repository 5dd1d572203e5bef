package dev.serenade.examples;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioFormatException;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A folder of clips as a CSV table of {@code file,emotion,confidence,error}: clips of equal length
 * are computed together, and a file that is no recording is a row that says why.
 */
public final class ScoreFolder {

  /** How many clips are held in memory at a time. */
  private static final int AT_ONCE = 64;

  private record Clip(String file, Waveform waveform) {}

  private ScoreFolder() {}

  /** Writes the table of the folder that the first argument names into the file of the second. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(Files::isRegularFile).sorted().toList();
    }
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault();
        CSVPrinter table =
            new CSVPrinter(Files.newBufferedWriter(Path.of(arguments[1])), CSVFormat.DEFAULT)) {
      table.printRecord("file", "emotion", "confidence", "error");
      for (int from = 0; from < files.size(); from += AT_ONCE) {
        score(recognizer, files.subList(from, Math.min(files.size(), from + AT_ONCE)), table);
      }
    }
  }

  private static void score(EmotionRecognizer recognizer, List<Path> files, CSVPrinter table)
      throws IOException {
    List<Clip> clips = new ArrayList<>();
    for (Path file : files) {
      try {
        clips.add(new Clip(file.toString(), AudioDecoder.create().decode(file)));
      } catch (AudioFormatException e) {
        table.printRecord(file, "", "", e.getMessage());
      }
    }
    List<Recognition> heard = recognizer.recognize(clips.stream().map(Clip::waveform).toList());
    for (int i = 0; i < clips.size(); i++) {
      table.printRecord(clips.get(i).file(), heard.get(i).emotion(), heard.get(i).confidence(), "");
    }
  }
}
