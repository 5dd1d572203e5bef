package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.protocol.EmoBoxFolds;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.corpus.protocol.ProtocolException;
import dev.serenade.evaluation.report.Benchmark;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.evaluation.report.Report;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.experiment.Circumstances;
import dev.serenade.training.experiment.FeatureOrigin;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.experiment.TestedFold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cross-validates one recipe on one choice of layers.
 *
 * @param prepared the clips and their hidden states
 * @param protocol who is tested
 * @param recipe how heads are made and trained
 * @param fusion which layers they read
 */
record RecipeEvaluation(
    Preparation prepared, Protocol protocol, Recipe recipe, LayerFusion fusion) {

  private Circumstances circumstances() {
    return Circumstances.ORDINARY
        .startingFrom(prepared.start())
        .asReleased(protocol.choosesOnTest());
  }

  /** Divides a corpus; an error of the protocol is found so before hours of work. */
  static List<Fold> folds(Protocol protocol, CorpusOptions.Source source, Recipe recipe)
      throws CannotRunException {
    try {
      return protocol.folds(source.corpus(), recipe.validationFraction(), recipe.settings().seed());
    } catch (ProtocolException e) {
      throw new CannotRunException(e);
    }
  }

  /** Says what it is about. */
  EvaluationReport about() {
    FeatureOrigin origin = prepared.origin();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("encoder", origin.identity().name());
    details.put("encoderSha256", origin.identity().sha256());
    details.put("window", origin.window().toString());
    details.put("layer", fusion.text());
    details.putAll(recipe.toMap());
    details.put("augmentation", prepared.extracted(fusion).augmentation().toString());
    details.putAll(InitOption.provenance(prepared.start()));
    List<String> caveats = new ArrayList<>();
    if (protocol.speakersShared()) {
      caveats.add(protocol.statement());
    }
    prepared
        .start()
        .ifPresent(start -> caveats.addAll(InitOption.caveats(start, prepared.source())));
    return new EvaluationReport(
            prepared.source(),
            "%s, layer %s, %s"
                .formatted(origin.identity().name(), fusion.text(), recipe.headKind()),
            protocol.name(),
            caveats,
            details,
            recipe.settings().seed())
        .with(benchmark());
  }

  private Benchmark benchmark() {
    return protocol instanceof EmoBoxFolds folds
        ? EmoBoxBenchmark.of(
            folds,
            prepared.source().corpus(),
            recipe,
            fusion,
            prepared.origin().window(),
            prepared.origin().identity().config().blocks())
        : Benchmark.NONE;
  }

  /** Returns the same with other folds. */
  RecipeEvaluation under(Protocol other) {
    return new RecipeEvaluation(prepared, other, recipe, fusion);
  }

  /**
   * Trains and tests fold by fold and writes the report, or reads it where it is there already, of
   * the same clips and settings.
   *
   * @param folder of the report, and of checkpoints until it is written
   */
  EvaluationRun runOnce(Path folder, int threads, Terminal terminal)
      throws CannotRunException, InterruptedException {
    EvaluationReport about = about();
    return new ReportFolder(folder, terminal)
        .once(
            Report::read,
            about::isAbout,
            checkpoints -> about.run(run(threads, checkpoints, terminal)),
            Report::write);
  }

  /** Returns the trainings that it takes. */
  FoldTrainings trainings() throws CannotRunException {
    return new FoldTrainings(
        folds(protocol, prepared.source(), recipe),
        recipe,
        prepared.extracted(fusion),
        prepared.classes(),
        circumstances());
  }

  /**
   * Trains and tests fold by fold, or goes on with it.
   *
   * @param checkpoints where trainings are kept until the report is written
   */
  List<FoldResult> run(int threads, CheckpointFolder checkpoints, Terminal terminal)
      throws CannotRunException, InterruptedException {
    return trainings().run(threads, checkpoints, terminal).stream()
        .map(TestedFold::result)
        .toList();
  }
}
