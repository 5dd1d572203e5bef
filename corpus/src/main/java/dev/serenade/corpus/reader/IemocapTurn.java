package dev.serenade.corpus.reader;

import dev.serenade.corpus.internal.AudioFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One turn of an IEMOCAP dialogue, as the corpus's text files have it:
 *
 * <pre>
 * [6.2901 - 8.2357]  Ses01F_impro01_F000  neu  [2.5000, 2.5000, 2.5000]      EmoEvaluation
 * Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.                        transcriptions
 * </pre>
 *
 * @param session from 1
 * @param name such as {@code Ses01F_impro01_F000}
 * @param label of three letters
 * @param text if it is transcribed
 */
record IemocapTurn(int session, String name, String label, Optional<String> text) {

  private static final int SESSIONS = 5;
  private static final Pattern LABEL =
      Pattern.compile("\\[[^\\]]*\\]\\s+(Ses\\w+)\\s+(\\w{3})\\b.*");
  private static final Pattern TEXT = Pattern.compile("(Ses\\w+)\\s+\\[[^\\]]*\\]:\\s*(.*)");

  /** Returns all turns that have a label, by session, dialogue and time. */
  static List<IemocapTurn> readAll(Path root) throws IOException {
    List<IemocapTurn> turns = new ArrayList<>();
    for (int session = 1; session <= SESSIONS; session++) {
      Path dialogues = root.resolve("Session" + session).resolve("dialog");
      Map<String, String> texts = new HashMap<>();
      for (Matcher line : linesOf(dialogues.resolve("transcriptions"), TEXT)) {
        texts.put(line.group(1), line.group(2).strip());
      }
      for (Matcher line : linesOf(dialogues.resolve("EmoEvaluation"), LABEL)) {
        String name = line.group(1);
        Optional<String> text = Optional.ofNullable(texts.get(name));
        turns.add(new IemocapTurn(session, name, line.group(2), text));
      }
    }
    return turns;
  }

  /** Returns where the recording should be, from the corpus's root. */
  String expectedPath() {
    String dialogue = name.substring(0, name.lastIndexOf('_'));
    return "Session%d/sentences/wav/%s/%s.wav".formatted(session, dialogue, name);
  }

  private static List<Matcher> linesOf(Path folder, Pattern pattern) throws IOException {
    List<Matcher> lines = new ArrayList<>();
    for (Path file : textFiles(folder)) {
      // Not all of the files are UTF-8; names and labels are ASCII in all of them.
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.matches()) {
          lines.add(matcher);
        }
      }
    }
    return lines;
  }

  private static List<Path> textFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(IemocapTurn::isDialogue).sorted().toList();
    }
  }

  /** The corpus has copies that begin with a dot beside the files proper. */
  private static boolean isDialogue(Path file) {
    String name = AudioFiles.name(file);
    return name.startsWith("Ses") && name.endsWith(".txt");
  }
}
