package dev.serenade.corpus.reader;

import dev.serenade.corpus.Emotion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * EMO-DB: 535 acted German sentences, 10 speakers, 7 classes.
 *
 * <p>Burkhardt, Paeschke, Rolfes, Sendlmeier and Weiss, "A database of German emotional speech",
 * Interspeech 2005, doi:10.21437/Interspeech.2005-446. On disk {@code wav/03a01Fa.wav}: speaker,
 * sentence, emotion by its German initial, version. Sexes are those the corpus's own page lists.
 */
final class EmoDb {

  private static final Set<String> MEN = Set.of("03", "10", "11", "12", "15");

  private static final CorpusCard CARD =
      new CorpusCard(
          "EMO-DB",
          "Burkhardt, Paeschke, Rolfes, Sendlmeier and Weiss, \"A database of German emotional speech\", Interspeech 2005, doi:10.21437/Interspeech.2005-446.",
          List.of("de"),
          "10",
          "535",
          List.of("W", "L", "E", "A", "F", "T", "N"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "CC0",
              Licence.Use.ANY,
              "Free for research at first, since republished by its authors under CC0."),
          "http://emodb.bilderbar.info/",
          "`wav/03a01Fa.wav`: speaker, sentence, emotion's German initial, version.",
          "nothing.",
          5);

  private EmoDb() {}

  static CorpusReader reader() {
    return new PathReader(
            "emodb",
            "EMO-DB: German, acted, 10 speakers, 7 classes (Burkhardt et al. 2005)",
            ClipPattern.of(
                    "(?<speaker>\\d\\d)(?<sentence>[ab]\\d\\d)(?<emotion>[WLEAFTN])(?<version>[a-z]?)")
                .completedBy(
                    clip ->
                        clip.with(ClipName.LANGUAGE, "de")
                            .with(
                                ClipName.SEX,
                                MEN.contains(clip.get(ClipName.SPEAKER)) ? "male" : "female")),
            Map.of(
                "W", Emotion.ANGRY, // Wut
                "L", Emotion.BORED, // Langeweile
                "E", Emotion.DISGUSTED, // Ekel
                "A", Emotion.FEARFUL, // Angst
                "F", Emotion.HAPPY, // Freude
                "T", Emotion.SAD, // Trauer
                "N", Emotion.NEUTRAL))
        .describedBy(CARD);
  }
}
