package dev.serenade.cli.models;

import dev.serenade.corpus.reader.CorpusCard;
import dev.serenade.corpus.reader.CorpusReader;
import dev.serenade.corpus.reader.CorpusReaders;
import dev.serenade.corpus.reader.Licence;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Table;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.text.TextDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model card, after Mitchell et al., "Model cards for model reporting", FAT* 2019, arXiv
 * 1810.03993, with the front matter of Hugging Face. What the model may be used for follows from
 * the licences of what it was trained on; what was not measured is said not to be.
 *
 * @param name of the model
 * @param frontMatter lines of YAML
 * @param parts in order
 */
public record ModelCard(String name, List<String> frontMatter, List<CardPart> parts) {

  static final String NOT_MEASURED = "Not measured.";

  private static final String BY_WORDS_TOO =
      " It goes by what is said too: a second head reads the states of Whisper's decoder token by token,"
          + " and the probabilities of both are fused by a weight. The decoder attends to the sound,"
          + " so what the second head tells comes from how words sound as well as from what they mean.";

  private static final String MANIFEST = "manifest.";

  /** Copies the lists. */
  public ModelCard {
    frontMatter = List.copyOf(frontMatter);
    parts = List.copyOf(parts);
  }

  /** Writes a card. */
  public static ModelCard of(CardFacts facts) {
    Data data = Data.of(facts.model());
    List<CardPart> parts = new ArrayList<>();
    parts.add(details(facts));
    parts.add(use(data));
    parts.add(limits(data));
    parts.add(data(facts, data));
    parts.addAll(CardMeasurements.of(facts));
    parts.add(provenance(facts.model()));
    return new ModelCard(facts.name(), frontMatter(facts.model(), data), parts);
  }

  /**
   * What is known of the corpora of a model.
   *
   * @param cards by name of the corpus, of those that the ledger has
   * @param others names of those that it has not
   */
  private record Data(Map<String, CorpusCard> cards, List<String> others) {

    static Data of(ModelDescription model) {
      Map<String, CorpusCard> cards = new LinkedHashMap<>();
      List<String> others = new ArrayList<>();
      for (String key : model.provenance().keySet()) {
        if (key.startsWith(MANIFEST)) {
          String name = key.substring(MANIFEST.length());
          CorpusReaders.find(name)
              .flatMap(CorpusReader::card)
              .ifPresentOrElse(card -> cards.put(name, card), () -> others.add(name));
        }
      }
      return new Data(cards, others);
    }

    Licence.Use use() {
      List<Licence.Use> uses =
          new ArrayList<>(cards.values().stream().map(card -> card.licence().use()).toList());
      if (!others.isEmpty() || cards.isEmpty()) {
        uses.add(Licence.Use.UNKNOWN);
      }
      return Licence.Use.strictest(uses);
    }

    TreeSet<String> languages() {
      return cards.values().stream()
          .flatMap(card -> card.languages().stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean isAllPerformed() {
      return others.isEmpty()
          && cards.values().stream().allMatch(card -> card.speech().isPerformed());
    }
  }

  private static List<String> frontMatter(ModelDescription model, Data data) {
    List<String> lines = new ArrayList<>();
    if (!data.languages().isEmpty()) {
      lines.add("language:");
      data.languages().forEach(language -> lines.add("- " + language));
    }
    lines.add("license: other");
    lines.add(
        "license_name: "
            + switch (data.use()) {
              case ANY -> "unrestricted-data";
              case NON_COMMERCIAL -> "non-commercial";
              case RESEARCH -> "research-only";
              case UNKNOWN -> "unknown";
            });
    lines.add("library_name: serenade");
    lines.add("pipeline_tag: audio-classification");
    String encoder = model.encoder().name();
    if (encoder.matches("(openai/)?whisper-[a-z0-9.-]+")) {
      lines.add("base_model: " + (encoder.startsWith("openai/") ? encoder : "openai/" + encoder));
    }
    lines.addAll(
        List.of(
            "tags:",
            "- speech-emotion-recognition",
            "- audio-classification",
            "- whisper",
            "metrics:",
            "- accuracy",
            "- recall",
            "- f1"));
    return lines;
  }

  private static CardPart details(CardFacts facts) {
    ModelDescription model = facts.model();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("classes", String.join(", ", model.labels())));
    rows.add(
        List.of(
            "encoder", "%s, frozen, read at %s".formatted(model.encoder().name(), layer(model))));
    rows.add(List.of("window", model.window().mode().name().toLowerCase(Locale.ROOT)));
    rows.add(List.of("head", model.head().toJson().toString()));
    rows.add(List.of("temperature", String.format(Locale.ROOT, "%.3f", model.temperature())));
    model.text().ifPresent(text -> rows.addAll(details(text)));
    rows.add(List.of("trained", known(model, "trainedAt")));
    rows.add(List.of("made with", "Serenade " + known(model, "serenade")));
    return new CardPart(
        "Model details",
        List.of(
            "Recognises emotion in speech: attentive pooling over the hidden states of a frozen"
                + " Whisper encoder, after arXiv 2602.06000. It takes 16 kHz mono sound and gives a"
                + " probability for each of %d classes.".formatted(model.labels().size())
                + (model.text().isPresent() ? BY_WORDS_TOO : "")),
        List.of(new Table("The model", 2, List.of("what", "value"), rows)));
  }

  private static List<List<String>> details(TextDescription text) {
    return List.of(
        List.of(
            "decoder",
            "%s, frozen, not in the model file, read at its last block; language: %s"
                .formatted(text.decoder(), text.language().orElse("found out"))),
        List.of("text head", text.head().toJson().toString()),
        List.of("text temperature", String.format(Locale.ROOT, "%.3f", text.temperature())),
        List.of("weight of the audio", String.format(Locale.ROOT, "%.2f", text.audioWeight())));
  }

  private static String layer(ModelDescription model) {
    return "layer %s of %d"
        .formatted(model.head().fusion().text(), model.encoder().config().blocks());
  }

  private static String known(ModelDescription model, String key) {
    return model.provenance().getOrDefault(key, "not recorded");
  }

  private static CardPart use(Data data) {
    String allowed =
        switch (data.use()) {
          case ANY -> "The licences of its training data allow any use that names their sources.";
          case NON_COMMERCIAL ->
              "Non-commercial use only, as the licence of a corpus that it was trained on asks: "
                  + names(data, Licence.Use.NON_COMMERCIAL)
                  + ".";
          case RESEARCH ->
              "Research only, as a corpus that it was trained on is free for research alone: "
                  + names(data, Licence.Use.RESEARCH)
                  + "."
                  + (names(data, Licence.Use.NON_COMMERCIAL).isEmpty()
                      ? ""
                      : " Not for commercial use either, as asked by "
                          + names(data, Licence.Use.NON_COMMERCIAL)
                          + ".");
          case UNKNOWN ->
              "What it may be used for is not known here: the terms of some of its training data are"
                  + " not in the ledger of corpora ("
                  + unknown(data)
                  + "). Whoever trained it must say.";
        };
    return new CardPart(
        "Intended use",
        allowed,
        "Meant for: telling which of its classes a voice sounds most like, in recordings of one"
            + " speaker at a time, of a few seconds; comparing methods; and as a start for training"
            + " on clips of your own (`serenade train --init`).",
        "Not meant for: deciding anything about a person; judging truthfulness, health or character;"
            + " people who have not been told; languages, ages and recording conditions that it was"
            + " not tested on.");
  }

  private static String names(Data data, Licence.Use use) {
    return data.cards().values().stream()
        .filter(card -> card.licence().use() == use)
        .map(card -> "%s (%s)".formatted(card.title(), card.licence().name()))
        .collect(Collectors.joining(", "));
  }

  private static String unknown(Data data) {
    List<String> names = new ArrayList<>(data.others());
    data.cards().values().stream()
        .filter(card -> card.licence().use() == Licence.Use.UNKNOWN)
        .map(CorpusCard::title)
        .forEach(names::add);
    return names.isEmpty() ? "its corpora are not recorded" : String.join(", ", names);
  }

  private static CardPart limits(Data data) {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "It does not measure what a person feels. It tells what a voice sounds like to those who"
            + " labelled the training clips; people differ in how they show what they feel, and in"
            + " what they hear.");
    paragraphs.add(
        data.isAllPerformed()
            ? "All of its training data is performed speech: people who were asked for an emotion, and"
                + " show it more plainly than people do by themselves. Expect worse on spontaneous"
                + " speech."
            : "Acted and spontaneous speech differ: expect worse on a kind of speech that it was not"
                + " trained on.");
    paragraphs.add(
        "In the EU, Article 5(1)(f) of the AI Act (Regulation (EU) 2024/1689) prohibits AI systems that"
            + " infer emotions of a natural person in the areas of workplace and education"
            + " institutions, except for medical or safety reasons. Where it is allowed, Article 50(3)"
            + " obliges the deployer of an emotion recognition system to inform the people who are"
            + " exposed to it.");
    return new CardPart("Limits", paragraphs, List.of());
  }

  private static CardPart data(CardFacts facts, Data data) {
    ModelDescription model = facts.model();
    List<List<String>> corpora = new ArrayList<>();
    data.cards()
        .forEach(
            (name, card) ->
                corpora.add(
                    List.of(
                        card.title(),
                        String.join(", ", card.languages()),
                        card.speech().words(),
                        card.licence().name(),
                        card.licence().use().words())));
    data.others()
        .forEach(
            name ->
                corpora.add(
                    List.of(name, "not recorded", "not recorded", "not in the ledger", "ask")));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "clips to train on; to choose the epoch and the temperature on",
            known(model, "trainingClips") + "; " + known(model, "validationClips")));
    rows.add(List.of("clips by class", known(model, TrainingData.EMOTIONS)));
    rows.add(List.of("speakers", known(model, TrainingData.SPEAKERS)));
    rows.add(List.of("speakers by sex", known(model, TrainingData.SEXES)));
    rows.add(List.of("clips by language", known(model, TrainingData.LANGUAGES)));
    rows.add(List.of("speakers to choose the epoch on", known(model, "validationSpeakers")));
    rows.add(List.of("changes to the sound while training", known(model, "augmentation")));
    List<String> paragraphs =
        new ArrayList<>(
            List.of(
                "Speakers whose clips choose the epoch and the temperature were not trained on."));
    model.licences().forEach(paragraphs::add);
    facts.training().ifPresent(paragraphs::add);
    List<Table> tables = new ArrayList<>();
    if (!corpora.isEmpty()) {
      tables.add(
          new Table(
              "Corpora, by the ledger (docs/corpora.md)",
              5,
              List.of("corpus", "language", "speech", "licence", "allows"),
              corpora));
    }
    tables.add(new Table("Clips and speakers", 2, List.of("what", "value"), rows));
    return new CardPart("Training data", paragraphs, tables);
  }

  private static CardPart provenance(ModelDescription model) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("encoderSha256", model.encoder().sha256()));
    model.provenance().forEach((key, value) -> rows.add(List.of(key, value)));
    return new CardPart(
        "Provenance",
        List.of(
            "All that the model file says of how it was made; the same settings make it again."),
        List.of(new Table("Settings", 2, List.of("what", "value"), rows)));
  }

  /** Returns the card in Markdown, with front matter. */
  public String markdown() {
    return "---\n"
        + frontMatter.stream().map(line -> line + "\n").collect(Collectors.joining())
        + "---\n\n# %s\n\n".formatted(name)
        + parts.stream().map(CardPart::markdown).collect(Collectors.joining()).stripTrailing()
        + "\n";
  }

  /** Returns the card as a page. */
  public String html() {
    HtmlPage page = new HtmlPage(name).heading("Model card");
    parts.forEach(part -> part.addTo(page));
    return page.toString();
  }
}
