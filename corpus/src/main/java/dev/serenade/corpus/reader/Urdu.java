package dev.serenade.corpus.reader;

import dev.serenade.corpus.Emotion;
import java.util.List;
import java.util.Map;

/**
 * URDU: 400 clips of Urdu talk shows, 38 speakers, 4 classes.
 *
 * <p>Latif, Qayyum, Usman and Qadir, "Cross lingual speech emotion recognition: Urdu vs. Western
 * languages", FIT 2018, arXiv 1812.10411. On disk {@code Angry/SM1_F10_A010.wav}: S, sex and number
 * of the speaker; number of the speaker's clip; emotion's initial and number.
 */
final class Urdu {

  private static final CorpusCard CARD =
      new CorpusCard(
          "URDU",
          "Latif, Qayyum, Usman and Qadir, \"Cross lingual speech emotion recognition: Urdu vs. Western languages\", FIT 2018, arXiv 1812.10411.",
          List.of("ur"),
          "38",
          "400",
          List.of("A", "H", "N", "S"),
          CorpusCard.Speech.BROADCAST,
          new Licence(
              "free for research",
              Licence.Use.RESEARCH,
              "The recordings are of talk shows, whose rights others hold."),
          "https://github.com/siddiquelatif/URDU-Dataset",
          "`Angry/SM1_F10_A010.wav`: sex and number of the speaker, clip, emotion and number.",
          "nothing.",
          0);

  private Urdu() {}

  static CorpusReader reader() {
    return new PathReader(
            "urdu",
            "URDU: Urdu, talk shows, 38 speakers, 4 classes (Latif et al. 2018)",
            ClipPattern.of("(?<speaker>S(?<sex>[FM])\\d+)_F\\d+_(?<emotion>[AHNS])\\d+")
                .completedBy(clip -> clip.with(ClipName.LANGUAGE, "ur")),
            Map.of("A", Emotion.ANGRY, "H", Emotion.HAPPY, "N", Emotion.NEUTRAL, "S", Emotion.SAD))
        .describedBy(CARD);
  }
}
