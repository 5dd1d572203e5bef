package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.Split;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.LeaveOneSpeakerOut;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.corpus.protocol.SpeakerFolds;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.experiment.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Clips whose hidden states are there for every trial, each of which has settings of its own.
 *
 * <p>Folds are of speakers, and no speaker who was left out is in any of them: not trained on, not
 * tested on, not listened to.
 */
public final class RecipeTrials implements AutoCloseable {

  private final List<String> fixed;
  private final Corpus whole;
  private final Set<String> leftOut;
  private final Protocol protocol;
  private final Preparation prepared;
  private final int folds;
  private final Terminal terminal;

  private RecipeTrials(
      List<String> fixed,
      Corpus whole,
      Set<String> leftOut,
      Protocol protocol,
      Preparation prepared,
      int folds,
      Terminal terminal) {
    this.fixed = fixed;
    this.whole = whole;
    this.leftOut = leftOut;
    this.protocol = protocol;
    this.prepared = prepared;
    this.folds = folds;
    this.terminal = terminal;
  }

  /**
   * Reads the clips and computes what trials need of them, once.
   *
   * @param options what all trials have in common
   * @param leftOut speakers who have no part in any of it
   * @param folds into how many folds the others are divided; with fewer speakers, a fold each
   * @param layers which layers trials may ask for, as {@code --layer} takes them, given the number
   *     of the encoder's blocks
   * @throws CannotRunException if there are no such clips or speakers
   */
  public static RecipeTrials open(
      TrialOptions options,
      Set<String> leftOut,
      int folds,
      IntFunction<List<String>> layers,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    List<String> fixed = options.given();
    Recipe recipe = options.recipe();
    CorpusOptions.Source all = options.corpus().read(terminal);
    CorpusOptions.Source source = without(leftOut, all);
    int speakers = source.corpus().speakers().size();
    Protocol protocol = speakers > folds ? new SpeakerFolds(folds) : new LeaveOneSpeakerOut();
    int count = RecipeEvaluation.folds(protocol, source, recipe).size();
    Preparation prepared =
        Preparation.of(
            source,
            options.encoder(),
            opened -> {
              int blocks = opened.identity().config().blocks();
              Set<LayerFusion> fusions = new LinkedHashSet<>();
              fusions.add(options.encoder().layers(opened, recipe));
              layers.apply(blocks).forEach(text -> fusions.add(LayerFusion.parse(text, blocks)));
              fusions.forEach(fusion -> options.encoder().requireHere(fusion, opened));
              return List.copyOf(fusions);
            },
            List.of(recipe),
            options.augment().augmentation(recipe.settings().seed()),
            Optional.empty(),
            terminal);
    return new RecipeTrials(
        fixed, all.corpus(), new TreeSet<>(leftOut), protocol, prepared, count, terminal);
  }

  private static CorpusOptions.Source without(Set<String> leftOut, CorpusOptions.Source all)
      throws CannotRunException {
    Set<String> unknown = new TreeSet<>(leftOut);
    unknown.removeAll(all.corpus().speakers());
    if (!unknown.isEmpty()) {
      throw new CannotRunException(
          "--leave-out: no speaker %s; the speakers are %s"
              .formatted(String.join(", ", unknown), String.join(", ", all.corpus().speakers())));
    }
    Corpus rest = all.corpus().filtered(clip -> !leftOut.contains(clip.speaker()));
    if (rest.speakers().size() < 3) {
      throw new CannotRunException(
          "%s: expected three speakers or more to tune on, one to test, one to choose the epoch and"
                  .formatted(rest.name())
              + " one to train on, found %d".formatted(rest.speakers().size()));
    }
    return new CorpusOptions.Source(rest, all.parts());
  }

  /** Returns the number of folds. */
  public int folds() {
    return folds;
  }

  /** Returns who is tested, as {@code --protocol} takes it. */
  public String protocol() {
    return protocol.name();
  }

  /** Returns the name of corpus and encoder, for people. */
  public String title() {
    return "%s: %s"
        .formatted(prepared.source().corpus().name(), prepared.origin().identity().name());
  }

  /** Returns whether every clip could be used. */
  public boolean isComplete() {
    return prepared.isComplete();
  }

  /** Returns what {@code --layer} asks for, with its number where it is named by its place. */
  public String layer(String text) {
    return LayerFusion.parse(text, prepared.opened().identity().config().blocks()).text();
  }

  /**
   * Returns a trial of these settings.
   *
   * @param settings values by the long names of options without hyphens, besides those that are
   *     fixed
   * @throws picocli.CommandLine.ParameterException if no head can be made so
   */
  public RecipeTrial trial(Map<String, String> settings) {
    TrialOptions options = TrialOptions.parse(arguments(fixed, settings));
    Recipe recipe = options.recipe();
    LayerFusion fusion = options.encoder().layers(prepared.opened(), recipe);
    Map<String, String> more = new LinkedHashMap<>();
    if (!leftOut.isEmpty()) {
      more.put("leftOut", String.join(",", leftOut));
    }
    return new RecipeTrial(
        new RecipeEvaluation(prepared, protocol, recipe, fusion),
        options.encoder().threads(),
        more,
        terminal);
  }

  private static List<String> arguments(List<String> fixed, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>(fixed);
    settings.forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
    return arguments;
  }

  /**
   * Writes settings with all that is fixed as a file for {@code train --config} and {@code evaluate
   * --config}. If speakers were left out, a manifest beside it has them as its test part.
   *
   * @param clips the manifest's file
   */
  public void write(Map<String, String> settings, String heading, Path target, Path clips)
      throws CannotRunException {
    List<String> arguments = new ArrayList<>(fixed);
    if (!leftOut.isEmpty()) {
      writeClips(clips);
      List<String> corpus =
          List.of("--manifest=", "--corpus=", "--root=", "--labels=", "--emotions=");
      arguments.removeIf(argument -> corpus.stream().anyMatch(argument::startsWith));
      arguments.add("--manifest=" + clips);
    }
    TrialOptions.parse(arguments(arguments, settings)).write(target, heading);
  }

  private void writeClips(Path file) throws CannotRunException {
    List<Utterance> clips =
        whole.utterances().stream()
            .map(
                clip ->
                    clip.toBuilder()
                        .split(leftOut.contains(clip.speaker()) ? Split.TEST : Split.TRAIN)
                        .build())
            .toList();
    try {
      Manifest.write(Corpus.of(whole.name(), whole.root(), clips, List.of()), file);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(file, e), e);
    }
  }

  @Override
  public void close() throws CannotRunException {
    prepared.close();
  }
}
