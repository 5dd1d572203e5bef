package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of every command, and of theirs: nothing in it is broken where it should not be. */
final class HelpTest {

  private static final int COLUMNS = 80;

  /** Before a synopsis. */
  private static final String USAGE = "Usage: ";

  static Stream<String> commands() {
    List<String> names = new ArrayList<>();
    addAll(all(COLUMNS), names);
    return names.stream();
  }

  private static void addAll(CommandLine command, List<String> names) {
    names.add(command.getCommandSpec().qualifiedName());
    command.getSubcommands().values().forEach(subcommand -> addAll(subcommand, names));
  }

  private static CommandLine all(int columns) {
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            new Display(false, false, columns, StandardCharsets.UTF_8, true, false));
    return SerenadeCommand.commandLine(terminal, new ErrorLines(terminal, false));
  }

  private static CommandLine command(String name, int columns) {
    CommandLine command = all(columns);
    String[] words = name.split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      command = Objects.requireNonNull(command.getSubcommands().get(words[i]), name);
    }
    return command;
  }

  private static boolean isLaidOut(String line) {
    return line.startsWith(" ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsLaidOutByHandIsPrintedAsItIs(String name) {
    CommandLine command = command(name, COLUMNS);
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    List<String> lines = new ArrayList<>();
    for (String synopsis : usage.customSynopsis()) {
      lines.add(isLaidOut(synopsis) ? synopsis : USAGE + synopsis);
    }
    Stream.of(usage.header(), usage.description(), usage.footer())
        .flatMap(Stream::of)
        .filter(HelpTest::isLaidOut)
        .forEach(lines::add);

    assertThat(lines).allMatch(line -> line.length() <= COLUMNS);
    assertThat(command.getUsageMessage().lines()).containsAll(lines);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void paragraphsAreLeftToBeWrapped(String name) {
    CommandSpec spec = command(name, COLUMNS).getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();

    assertParagraphs(usage.header());
    assertParagraphs(usage.description());
    assertParagraphs(usage.footer());
    for (ArgSpec argument : spec.args()) {
      assertParagraphs(argument.description());
    }
  }

  /** Wrapped lines after which another begins would be long and short in turn. */
  private static void assertParagraphs(String[] lines) {
    for (int i = 1; i < lines.length; i++) {
      boolean prose = !lines[i].isEmpty() && !isLaidOut(lines[i]);
      boolean proseBefore = !lines[i - 1].isEmpty() && !isLaidOut(lines[i - 1]);
      assertThat(prose && proseBefore)
          .as("one paragraph in two parts: %s | %s", lines[i - 1], lines[i])
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasALineInTheListThatNamesIt(String name) {
    CommandLine command = command(name, COLUMNS);
    List<String> lines = command.getUsageMessage().lines().map(String::strip).toList();

    command
        .getSubcommands()
        .forEach(
            (word, subcommand) -> {
              String summary = subcommand.getCommandSpec().usageMessage().description()[0];
              assertThat(lines)
                  .anyMatch(line -> line.startsWith(word + "  ") && line.endsWith("  " + summary));
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noWordOfADescriptionIsBroken(String name) {
    CommandLine command = command(name, COLUMNS);
    String printed = oneLine(command.getUsageMessage());

    for (ArgSpec argument : command.getCommandSpec().args()) {
      if (!argument.hidden()) {
        assertThat(printed).contains(oneLine(String.join(" ", argument.description())));
      }
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** The first line of a synopsis that is laid out by hand is for 80 columns. */
  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsTerminalsFromSixtyToAHundredColumns(String name) {
    for (int columns : new int[] {60, COLUMNS, 100}) {
      int synopsis = Math.max(COLUMNS, columns);
      assertThat(command(name, columns).getUsageMessage().lines())
          .allMatch(line -> line.length() <= (line.startsWith(USAGE) ? synopsis : columns));
    }
  }
}
