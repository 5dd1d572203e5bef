package dev.serenade.cli.config;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.console.WordConverter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code --config}, for commands whose runs can be written down and done again. */
public final class ConfigOption {

  static final String NAME = "--config";
  static final String PRESET = "--preset";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Read by {@link ConfigArguments} from the arguments, before this command sees any. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = NAME,
      paramLabel = "FILE",
      description =
          "YAML with any of these options, such as \"epochs: 20\", \"refit: true\", \"manifest: [a.csv,"
              + " b.csv]\"; paths are relative to the file. The command line wins.")
  private Optional<Path> file = Optional.empty();

  /** Read by {@link ConfigArguments} too. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = PRESET,
      paramLabel = "NAME",
      defaultValue = "default",
      converter = Preset.Words.class,
      description =
          "Options that go together: paper, as the text of arXiv 2602.06000 says; emobox, EmoBox's head"
              + " and training; default (default: ${DEFAULT-VALUE}). Other options win, and --config"
              + " does.")
  private Preset preset = Preset.DEFAULT;

  /** Writes what the command runs with beside what it made: {@code MADE.config.yaml}. */
  public void writeBeside(Path made) throws CannotRunException {
    write(Path.of(made + ".config.yaml"));
  }

  /**
   * Writes what the command runs with, defaults included, as a file for {@code --config}.
   *
   * @throws CannotRunException if it cannot be written
   */
  public void write(Path target) throws CannotRunException {
    String command = spec.qualifiedName();
    write(
        target,
        "What %s (version %s) ran with; %s %s FILE does it again."
            .formatted(command, Version.number(), command, NAME),
        option -> true);
  }

  /**
   * Writes what was given of the options beside this one, without defaults, as {@link #write(Path)}
   * does: some of those are refused where others say that they are of no effect.
   *
   * @param heading the comment in the first line
   * @throws CannotRunException if it cannot be written
   */
  public void writeGiven(Path target, String heading) throws CannotRunException {
    ParseResult given = spec.commandLine().getParseResult();
    write(target, heading, given::hasMatchedOption);
  }

  private void write(Path target, String heading, Predicate<OptionSpec> wanted)
      throws CannotRunException {
    String text = "# %s%n%s".formatted(heading, yaml(values(target, wanted)));
    try {
      Files.writeString(target, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(target, e), e);
    }
  }

  private static String yaml(Map<String, Object> values) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setSplitLines(false).build();
    return new Dump(settings).dumpToString(values);
  }

  private Map<String, Object> values(Path target, Predicate<OptionSpec> wanted) {
    ConfigPaths paths = ConfigPaths.beside(target);
    Map<String, Object> values = new LinkedHashMap<>();
    for (OptionSpec option : spec.options()) {
      if (isConfigurable(option) && wanted.test(option)) {
        value(option, option.getValue(), paths).ifPresent(value -> values.put(key(option), value));
      }
    }
    return values;
  }

  /** Returns what stands for an option's value in YAML, or nothing if it was not given. */
  private static Optional<Object> value(OptionSpec option, Object given, ConfigPaths paths) {
    if (given instanceof Optional<?> optional) {
      return optional.flatMap(present -> value(option, present, paths));
    }
    if (given instanceof Collection<?> several) {
      List<Object> values =
          several.stream()
              .map(each -> value(option, each, paths))
              .flatMap(Optional::stream)
              .toList();
      return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }
    if (given instanceof Number || given instanceof Boolean) {
      return Optional.of(given);
    }
    if (given instanceof Enum<?> constant) {
      return Optional.of(WordConverter.word(constant));
    }
    return Optional.of(paths.toFile(option, given instanceof Path ? given : given.toString()));
  }

  /** Returns whether an option may stand in a file. */
  public static boolean isConfigurable(OptionSpec option) {
    return !option.usageHelp() && !option.versionHelp() && !option.longestName().equals(NAME);
  }

  /** Returns an option's name in a file. */
  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }
}
