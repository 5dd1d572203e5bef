package dev.serenade.cli.train;

import dev.serenade.cli.config.ConfigOption;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.WordConverter;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.training.experiment.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * The options that {@code train} and {@code evaluate} share: which clips, which hidden states, how
 * heads are made and trained. By themselves they are a command line too: that of a trial.
 */
public final class TrialOptions {

  private static final String LAYER = "layer";

  /** Which decide what is compared, or change no result. */
  private static final Set<String> NOT_SEARCHED = Set.of("seed", "validation");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private CorpusOptions corpus = new CorpusOptions();
  @Mixin private EncoderOptions encoder = new EncoderOptions();
  @Mixin private AugmentOptions augment = new AugmentOptions();
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private RecipeOptions recipe = new RecipeOptions();

  /** Reads a command line of nothing but these. */
  static TrialOptions parse(List<String> arguments) {
    return parsed(arguments).getCommand();
  }

  private static CommandLine parsed(List<String> arguments) {
    CommandLine commands = new CommandLine(new TrialOptions());
    commands.parseArgs(arguments.toArray(String[]::new));
    return commands;
  }

  /** Returns those of them that the user has given, as the user has, each in one argument. */
  public List<String> given() {
    Set<String> names = new TreeSet<>();
    new CommandLine(new TrialOptions())
        .getCommandSpec().options().stream()
            .filter(ConfigOption::isConfigurable)
            .forEach(option -> names.add(option.longestName()));
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (names.contains(name)) {
        List<String> values =
            option.arity().max() == 0
                ? List.of(String.valueOf(option.<Object>getValue()))
                : option.originalStringValues();
        values.forEach(value -> arguments.add(name + "=" + value));
      }
    }
    return arguments;
  }

  /** Returns the names, without hyphens, of the options that the user has given. */
  public Set<String> namesGiven() {
    Set<String> names = new TreeSet<>();
    given().forEach(argument -> names.add(argument.substring(2, argument.indexOf('='))));
    return names;
  }

  /**
   * Returns the options that a search may vary, by their names without hyphens, and what each is
   * now.
   */
  public static Map<String, String> searchable(List<String> arguments) {
    CommandSpec all = parsed(arguments).getCommandSpec();
    CommandSpec recipes = new CommandLine(new RecipeHolder()).getCommandSpec();
    Map<String, String> searchable = new LinkedHashMap<>();
    for (OptionSpec option : all.options()) {
      String name = option.longestName().substring(2);
      boolean ofRecipe = recipes.findOption(option.longestName()) != null;
      if (name.equals(LAYER) || (ofRecipe && !NOT_SEARCHED.contains(name))) {
        Object value = option.getValue();
        searchable.put(
            name,
            value instanceof Enum<?> constant
                ? WordConverter.word(constant)
                : String.valueOf(value));
      }
    }
    return searchable;
  }

  /** Returns whether an option takes whole numbers. */
  public static boolean isWhole(String name) {
    OptionSpec option =
        new CommandLine(new TrialOptions()).getCommandSpec().findOption("--" + name);
    return option != null && option.type() == int.class;
  }

  /** The options of recipes alone, to tell them from the others. */
  private static final class RecipeHolder {
    @SuppressWarnings("UnusedVariable")
    @Mixin
    private RecipeOptions recipe = new RecipeOptions();
  }

  /** Writes those that were given as a file for {@code --config}. */
  void write(Path target, String heading) throws CannotRunException {
    config.writeGiven(target, heading);
  }

  CorpusOptions corpus() {
    return corpus;
  }

  EncoderOptions encoder() {
    return encoder;
  }

  AugmentOptions augment() {
    return augment;
  }

  Recipe recipe() {
    return recipe.recipe();
  }

  /** Returns the seed of trainings, and of a search. */
  public long seed() {
    return recipe().settings().seed();
  }
}
