package dev.serenade.corpus.reader;

import java.util.List;
import java.util.Map;

/**
 * nEMO: 4,481 acted Polish sentences, 9 actors, 6 classes.
 *
 * <p>Christop, "nEMO: dataset of emotional speech in Polish", LREC-COLING 2024, arXiv 2404.06292.
 * On disk {@code samples/}, names such as {@code WR0_surprised_64.wav}: speaker, emotion, sentence;
 * {@code data.tsv} at the root, if there, adds sex, text and age.
 */
final class Nemo {

  private static final CorpusCard CARD =
      new CorpusCard(
          "nEMO",
          "Christop, \"nEMO: dataset of emotional speech in Polish\", LREC-COLING 2024, arXiv 2404.06292.",
          List.of("pl"),
          "9",
          "4,481",
          List.of("anger", "fear", "happiness", "neutral", "sadness", "surprised"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "CC BY-NC-SA 4.0",
              Licence.Use.NON_COMMERCIAL,
              "Name the authors; what is made of it must be shared alike."),
          "https://github.com/amu-cai/nEMO",
          "`samples/WR0_surprised_64.wav`: speaker, emotion, sentence; `data.tsv` adds sex, text and age.",
          "nothing.",
          0);

  private Nemo() {}

  static CorpusReader reader() {
    return new PathReader(
            "nemo",
            "nEMO: Polish, acted, 9 speakers, 6 classes (Christop 2024)",
            ClipPattern.of(
                    "(?<speaker>[A-Z]+\\d+)_(?<emotion>anger|fear|happiness|neutral|sadness|surprised)"
                        + "_(?<sentence>[^/]+)")
                .completedBy(clip -> clip.with(ClipName.LANGUAGE, "pl")),
            Map.of(),
            List.of())
        .joinedWith(
            new SideTable(
                "data.tsv",
                '\t',
                "file_id",
                SideTable.CLIP,
                Map.of("gender", ClipName.SEX, "raw_text", ClipName.TEXT, "age", "age")))
        .describedBy(CARD);
  }
}
