package dev.serenade.corpus.reader;

import dev.serenade.corpus.EmotionLabels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The ledger of corpora, {@code docs/corpora.md}: what each reader says of its corpus. */
public final class CorpusLedger {

  private static final String HEAD =
      """
      # Corpora

      The corpora that Serenade reads from the folders they come in, and on what terms. None is shipped with Serenade, but for
      a few clips in `samples/`. Numbers are those that the authors print; what is read from your copy, and what is left out of
      it, `serenade corpus show --corpus NAME --root DIR` tells. The licences are as we found them, and no legal advice: the
      authors' page decides. A model that was trained on a corpus inherits what its licence asks; model cards say so.

      This file is written by `serenade corpus list --format markdown`, from the readers themselves.

      """;

  private CorpusLedger() {}

  /** Returns the ledger in Markdown. */
  public static String markdown() {
    Map<CorpusCard, List<CorpusReader>> corpora = new LinkedHashMap<>();
    List<CorpusReader> others = new ArrayList<>();
    for (CorpusReader reader : CorpusReaders.all()) {
      reader
          .card()
          .ifPresentOrElse(
              card -> corpora.computeIfAbsent(card, key -> new ArrayList<>()).add(reader),
              () -> others.add(reader));
    }
    StringBuilder text = new StringBuilder(HEAD);
    text.append(
            "| `--corpus` | corpus | language | speakers | clips | speech | licence | allows |\n")
        .append("| --- | --- | --- | ---: | ---: | --- | --- | --- |\n");
    corpora.forEach((card, readers) -> text.append(row(card, readers)));
    corpora.forEach((card, readers) -> text.append(section(card, readers)));
    text.append("\n## Any other recordings\n\n");
    others.forEach(
        reader -> text.append("- `%s`: %s.\n".formatted(reader.name(), reader.description())));
    return text.append(
            "- `--manifest FILE.csv`: a list of clips with the columns path, speaker and emotion.\n")
        .toString();
  }

  private static String row(CorpusCard card, List<CorpusReader> readers) {
    return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            names(readers),
            card.title(),
            String.join(", ", card.languages()),
            card.speakers(),
            card.clips(),
            card.speech().words(),
            card.licence().name(),
            card.licence().use().words());
  }

  private static String names(List<CorpusReader> readers) {
    return readers.stream()
        .map(reader -> "`" + reader.name() + "`")
        .collect(Collectors.joining(", "));
  }

  private static String section(CorpusCard card, List<CorpusReader> readers) {
    StringBuilder text = new StringBuilder("\n## %s\n\n".formatted(card.title()));
    if (readers.size() > 1) {
      readers.forEach(
          reader -> text.append("- `%s`: %s\n".formatted(reader.name(), reader.description())));
    }
    text.append("- Paper: %s\n".formatted(card.citation()))
        .append("- Licence: %s\n".formatted(card.licence().line()))
        .append("- From: %s\n".formatted(card.source()))
        .append("- On disk: %s\n".formatted(card.layout()))
        .append("- Left out: %s\n".formatted(card.leftOut()));
    // Readers of one corpus may differ in a label, such as excited in IEMOCAP.
    Map<String, List<String>> emotions = new LinkedHashMap<>();
    for (CorpusReader reader : readers) {
      emotions
          .computeIfAbsent(emotions(card, reader), key -> new ArrayList<>())
          .add("`" + reader.name() + "`");
    }
    emotions.forEach(
        (line, names) ->
            text.append(
                "- Emotions%s: %s\n"
                    .formatted(
                        emotions.size() > 1 ? " (" + String.join(", ", names) + ")" : "", line)));
    return text.append(
            card.emoBoxFolds() == 0
                ? "- EmoBox folds: none checked\n"
                : "- EmoBox folds: %d, by `--protocol emobox:FOLDER`\n"
                    .formatted(card.emoBoxFolds()))
        .toString();
  }

  private static String emotions(CorpusCard card, CorpusReader reader) {
    EmotionLabels labels = EmotionLabels.standard().withCodes(reader.codes());
    return card.labels().stream()
        .map(
            label ->
                labels
                    .canonical(label)
                    .map(emotion -> translation(label, emotion.name()))
                    .orElse(label))
        .collect(Collectors.joining(", "));
  }

  private static String translation(String label, String emotion) {
    return label.equals(emotion) ? emotion : "%s → %s".formatted(label, emotion);
  }
}
