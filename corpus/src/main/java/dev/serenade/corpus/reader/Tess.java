package dev.serenade.corpus.reader;

import dev.serenade.corpus.Emotion;
import java.util.List;
import java.util.Map;

/**
 * TESS: 2,800 acted English phrases "Say the word ...", 2 actresses (26 and 64 years), 7 classes.
 *
 * <p>Pichora-Fuller and Dupuis, "Toronto emotional speech set", Scholars Portal 2020,
 * doi:10.5683/SP2/E8H2MF. On disk {@code OAF_angry/OAF_back_angry.wav}: older or younger adult
 * female, word, emotion ({@code ps} is pleasant surprise). One name begins with {@code OA}; it is
 * read as {@code OAF}.
 */
final class Tess {

  private static final CorpusCard CARD =
      new CorpusCard(
          "TESS",
          "Pichora-Fuller and Dupuis, \"Toronto emotional speech set\", Scholars Portal 2020, doi:10.5683/SP2/E8H2MF.",
          List.of("en"),
          "2",
          "2,800",
          List.of("angry", "disgust", "fear", "happy", "neutral", "ps", "sad"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "not known to us for sure",
              Licence.Use.UNKNOWN,
              "The page of the data set names its terms."),
          "https://doi.org/10.5683/SP2/E8H2MF",
          "`OAF_angry/OAF_back_angry.wav`: speaker, word, emotion.",
          "nothing.",
          0);

  private Tess() {}

  static CorpusReader reader() {
    return new PathReader(
            "tess",
            "TESS: English, acted, 2 speakers, 7 classes (Pichora-Fuller and Dupuis 2020)",
            ClipPattern.of(
                    "(?<speaker>OAF?|YAF)_(?<word>[^_/]+)_(?<emotion>angry|disgust|fear|happy|neutral|ps|sad)")
                .completedBy(
                    clip ->
                        clip.with(
                                ClipName.SPEAKER,
                                clip.get(ClipName.SPEAKER).startsWith("O") ? "OAF" : "YAF")
                            .with(ClipName.SEX, "female")
                            .with(ClipName.LANGUAGE, "en")),
            Map.of("ps", Emotion.SURPRISED))
        .describedBy(CARD);
  }
}
