package dev.serenade.cli.train;

import dev.serenade.audit.TextVariety;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.training.experiment.Circumstances;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.store.Augmentation;
import dev.serenade.training.store.ExtractedCorpus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cross-validates one recipe on the states of a decoder.
 *
 * @param source the corpus and what it was put together from
 * @param decoder whose states are read
 * @param protocol who is tested
 * @param recipe how heads are made and trained
 * @param extracted the clips that could be used, and their tokens' states
 */
record TextEvaluation(
    CorpusOptions.Source source,
    OpenDecoder decoder,
    Protocol protocol,
    Recipe recipe,
    ExtractedCorpus extracted) {

  /**
   * Decodes clips, or reads from the store what was decoded before.
   *
   * @param clips which of the corpus
   */
  static TextEvaluation of(
      CorpusOptions.Source source,
      List<Utterance> clips,
      EncoderOptions encoder,
      OpenDecoder decoder,
      Protocol protocol,
      Recipe recipe,
      Augmentation augmentation,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    ExtractedCorpus extracted =
        Preparation.extractTokens(clips, augmentation, decoder, encoder, terminal);
    return new TextEvaluation(source, decoder, protocol, recipe, extracted);
  }

  /** Returns what a reader must know before any number that comes from words. */
  static List<String> caveats(CorpusOptions.Source source) {
    return TextVariety.of(source.corpus().utterances()).caveat().stream().toList();
  }

  /** Says what it is about. */
  EvaluationReport about() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("modality", "text");
    details.put("decoder", decoder.name());
    details.put("decoderSha256", decoder.states().sha256());
    details.put("language", decoder.states().language().orElse("found"));
    details.put("layer", "decoder " + decoder.layer().text());
    details.putAll(recipe.toMap());
    details.put("augmentation", extracted.augmentation().toString());
    List<String> caveats = new ArrayList<>();
    if (protocol.speakersShared()) {
      caveats.add(protocol.statement());
    }
    caveats.addAll(caveats(source));
    return new EvaluationReport(
        source,
        "decoder of %s, %s".formatted(decoder.name(), recipe.headKind()),
        protocol.name(),
        caveats,
        details,
        recipe.settings().seed());
  }

  /** Returns the trainings that it takes. */
  FoldTrainings trainings() throws CannotRunException {
    return new FoldTrainings(
        RecipeEvaluation.folds(protocol, source, recipe),
        recipe,
        extracted,
        List.copyOf(source.corpus().emotions()),
        Circumstances.ORDINARY.asReleased(protocol.choosesOnTest()));
  }
}
