package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.cli.console.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** Every command line that a document shows has options that there are. */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of(System.getProperty("serenade.root", ".."));

  /** A line of code: indented, or in a block of it, where prompts may stand before it. */
  private static final Pattern COMMAND =
      Pattern.compile("^(?: {4,}|\\$ )?(?:\\./)?serenade ([a-z].*)$");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** Where the reader, or a file, says the rest. */
  private static final Pattern LEFT_OPEN =
      Pattern.compile("\\.\\.\\.|…|<[a-z]|\\[-|\\$\\(|\\|\\||--config");

  /**
   * A command line in a document.
   *
   * @param place file and line
   * @param arguments after the name of the program
   */
  record Documented(String place, List<String> arguments) {

    @Override
    public String toString() {
      return place + " serenade " + String.join(" ", arguments);
    }
  }

  static List<Documented> commands() throws IOException {
    List<Documented> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> documents =
          files
              .filter(file -> file.toString().endsWith(".md"))
              .filter(file -> !ROOT.relativize(file).toString().contains("target"))
              .sorted()
              .toList();
      for (Path document : documents) {
        addAll(document, found);
      }
    }
    return found;
  }

  private static void addAll(Path document, List<Documented> found) throws IOException {
    List<String> lines = Files.readAllLines(document);
    boolean fenced = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("```")) {
        fenced = !fenced;
      }
      Matcher command = COMMAND.matcher(line);
      if ((fenced || line.startsWith("    ")) && command.matches()) {
        StringBuilder whole = new StringBuilder(command.group(1));
        while (whole.toString().endsWith("\\") && i + 1 < lines.size()) {
          i++;
          whole.setLength(whole.length() - 1);
          whole.append(lines.get(i).strip());
        }
        String text = whole.toString().replaceFirst("\\s+#.*", "").replaceFirst("\\s[|>&].*", "");
        if (!LEFT_OPEN.matcher(text).find()) {
          found.add(
              new Documented(
                  ROOT.relativize(document) + ":" + (i + 1),
                  WORD.matcher(text).results().map(DocumentedCommandsTest::word).toList()));
        }
      }
    }
  }

  private static String word(MatchResult match) {
    return Stream.of(match.group(1), match.group(2), match.group(3))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isOneThatThereIs(Documented command) {
    assertThat(parse(command.arguments().toArray(String[]::new)).subcommand()).isNotNull();
  }

  @Test
  void whatThereIsNotIsFound() {
    assertThatThrownBy(() -> parse("predict", "a.wav", "--no-such-option"))
        .hasMessageContaining("--no-such-option");
    assertThatThrownBy(() -> parse("train", "--manifest", "a.csv")).hasMessageContaining("--out");
  }

  private static ParseResult parse(String... arguments) {
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            CommandRun.SCRIPT);
    return SerenadeCommand.commandLine(terminal, new ErrorLines(terminal, false), arguments)
        .parseArgs(arguments);
  }
}
