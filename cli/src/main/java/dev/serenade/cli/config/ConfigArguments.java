package dev.serenade.cli.config;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.WordConverter;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Puts what a configuration file and a preset say where the command line would say it.
 *
 * <p>The arguments are parsed once to find the file and what the command line sets itself, which
 * wins; then what the file says besides comes before the other arguments, and what neither says is
 * as in the preset.
 */
public final class ConfigArguments {

  private static final String PRESET_KEY = ConfigOption.PRESET.replaceFirst("^-+", "");

  private final CommandLine commands;
  private final ConfigFile config;
  private final ParseResult given;
  private final Set<String> taken;

  private ConfigArguments(
      CommandLine commands, ConfigFile config, ParseResult given, Set<String> taken) {
    this.commands = commands;
    this.config = config;
    this.given = given;
    this.taken = taken;
  }

  /**
   * Returns the arguments with those of the file that {@code --config} names, if it does, and of
   * the preset that it or {@code --preset} names.
   *
   * @param commands makes the command line, to try arguments out on
   * @throws ParameterException if the file makes no sense; the message names file, line and key
   * @throws CannotRunException if it cannot be read
   */
  public static String[] expand(Supplier<CommandLine> commands, String... arguments)
      throws CannotRunException {
    // A list of arguments in a file, @FILE, may hold it too.
    if (Arrays.stream(arguments)
        .noneMatch(
            text ->
                text.startsWith(ConfigOption.NAME)
                    || text.startsWith(ConfigOption.PRESET)
                    || text.startsWith("@"))) {
      return arguments;
    }
    CommandLine trial = lenient(commands.get());
    ParseResult parsed = trial.parseArgs(arguments);
    if (!parsed.hasSubcommand() || parsed.subcommand().isUsageHelpRequested()) {
      return arguments;
    }
    ParseResult given = parsed.subcommand();
    Optional<Path> file = given(given, ConfigOption.NAME).map(Path::of);
    try {
      Set<String> taken = new HashSet<>();
      Optional<String> preset = given(given, ConfigOption.PRESET);
      String[] expanded = arguments;
      if (file.isPresent()) {
        ConfigFile config = ConfigFile.read(file.get());
        expanded = new ConfigArguments(trial, config, given, Set.of()).join(arguments);
        config.entries().forEach(entry -> taken.add(entry.key()));
        preset = preset.or(() -> config.value(PRESET_KEY));
      }
      Optional<Preset> named = preset.flatMap(ConfigArguments::preset);
      return named.isEmpty()
          ? expanded
          : new ConfigArguments(trial, named.get().file(), given, taken).join(expanded);
    } catch (NoSuchFileException e) {
      throw new CannotRunException("no file " + e.getFile(), e);
    } catch (IOException e) {
      throw new CannotRunException("cannot read %s: %s".formatted(file.orElseThrow(), e), e);
    } catch (ConfigFormatException e) {
      throw new ParameterException(
          given.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns the value of an option that is given once; the parser says better what else is wrong.
   */
  private static Optional<String> given(ParseResult given, String option) {
    return Optional.ofNullable(given.matchedOption(option))
        .filter(matched -> matched.stringValues().size() == 1)
        .map(matched -> matched.stringValues().get(0));
  }

  /** Returns the preset of this name; the parser says which there are if there is none. */
  private static Optional<Preset> preset(String name) {
    return Arrays.stream(Preset.values())
        .filter(preset -> WordConverter.word(preset).equals(name))
        .findFirst();
  }

  /** What is missing may be in the file, and what is wrong will be said when it counts. */
  private static CommandLine lenient(CommandLine commands) {
    commands.getCommandSpec().parser().collectErrors(true);
    commands.getSubcommands().values().forEach(ConfigArguments::lenient);
    return commands;
  }

  private String[] join(String... arguments) throws ConfigFormatException {
    String name = given.commandSpec().name();
    List<OptionSpec> set = given.matchedOptions();
    List<String> ofFile = new ArrayList<>();
    for (Map.Entry<ConfigEntry, OptionSpec> entry : options().entrySet()) {
      List<String> asArguments = arguments(entry.getKey(), entry.getValue());
      check(entry.getKey(), entry.getValue(), name, asArguments);
      if (!set.contains(entry.getValue()) && !taken.contains(entry.getKey().key())) {
        ofFile.addAll(asArguments);
      }
    }
    List<String> all = new ArrayList<>(List.of(arguments));
    // After the command; a command that is not there is in a list of arguments, before anything.
    int position = all.indexOf(name);
    all.addAll(position < 0 ? all.size() : position + 1, ofFile);
    return all.toArray(String[]::new);
  }

  private Map<ConfigEntry, OptionSpec> options() throws ConfigFormatException {
    Map<String, OptionSpec> known = new LinkedHashMap<>();
    given.commandSpec().options().stream()
        .filter(ConfigOption::isConfigurable)
        .forEach(option -> known.put(ConfigOption.key(option), option));
    Map<ConfigEntry, OptionSpec> options = new LinkedHashMap<>();
    for (ConfigEntry entry : config.entries()) {
      OptionSpec option = known.get(entry.key());
      if (option == null) {
        throw wrong(
            entry,
            "no such option of %s; did you mean %s?"
                .formatted(
                    given.commandSpec().name(), nearest(entry.key(), known.keySet().stream())));
      }
      options.put(entry, option);
    }
    return options;
  }

  private List<String> arguments(ConfigEntry entry, OptionSpec option)
      throws ConfigFormatException {
    String name = option.longestName();
    if (entry.isList() && !option.isMultiValue()) {
      throw wrong(entry, "expected one value, found a list of " + entry.values().size());
    }
    if (option.arity().max() == 0) {
      String value = entry.values().get(0);
      if (!value.equals("true") && !value.equals("false")) {
        throw wrong(entry, "expected true or false, found " + value);
      }
      return value.equals("true") ? List.of(name) : List.of();
    }
    ConfigPaths paths = ConfigPaths.beside(config.file());
    return entry.values().stream()
        .map(value -> name + "=" + paths.fromFile(option, value))
        .toList();
  }

  /** Lets the parser see one entry alone, so that what it says of it can be said with its place. */
  private void check(ConfigEntry entry, OptionSpec option, String name, List<String> arguments)
      throws ConfigFormatException {
    List<String> alone = new ArrayList<>(List.of(name));
    alone.addAll(arguments);
    ParseResult parsed = commands.parseArgs(alone.toArray(String[]::new));
    Optional<String> problem =
        Stream.concat(parsed.errors().stream(), parsed.subcommand().errors().stream())
            .filter(error -> !(error instanceof MissingParameterException))
            .filter(
                error ->
                    error instanceof ParameterException wrong && option.equals(wrong.getArgSpec()))
            .map(error -> String.valueOf(error.getMessage()))
            .findFirst();
    if (problem.isPresent()) {
      throw wrong(entry, problem.get());
    }
  }

  private ConfigFormatException wrong(ConfigEntry entry, String problem) {
    return new ConfigFormatException(
        config.file(), entry.line(), "%s: %s".formatted(entry.key(), problem));
  }

  private static String nearest(String key, Stream<String> known) {
    return known.min(Comparator.comparingInt(other -> edits(key, other))).orElseThrow();
  }

  /** Returns how many letters must be put in, left out or exchanged (Levenshtein, 1966). */
  private static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
