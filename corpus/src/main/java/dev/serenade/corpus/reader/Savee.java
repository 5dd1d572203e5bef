package dev.serenade.corpus.reader;

import dev.serenade.corpus.Emotion;
import java.util.List;
import java.util.Map;

/**
 * SAVEE: 480 acted English sentences, 4 men, 7 classes.
 *
 * <p>Haq and Jackson, "Speaker-dependent audio-visual emotion recognition", AVSP 2009. On disk
 * {@code AudioData/DC/sa01.wav}, speaker's folder, emotion, sentence; or, in a popular copy, {@code
 * DC_sa01.wav}.
 */
final class Savee {

  private static final CorpusCard CARD =
      new CorpusCard(
          "SAVEE",
          "Haq and Jackson, \"Speaker-dependent audio-visual emotion recognition\", AVSP 2009.",
          List.of("en"),
          "4",
          "480",
          List.of("a", "d", "f", "h", "n", "sa", "su"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "free for research", Licence.Use.RESEARCH, "On registration with the authors."),
          "http://kahlan.eps.surrey.ac.uk/savee/",
          "`AudioData/DC/sa01.wav`: speaker, emotion, sentence; or `DC_sa01.wav`.",
          "nothing.",
          0);

  private Savee() {}

  static CorpusReader reader() {
    return new PathReader(
            "savee",
            "SAVEE: English, acted, 4 speakers, 7 classes (Haq and Jackson 2009)",
            ClipPattern.of(
                    "(?<speaker>DC|JE|JK|KL)[/_](?<emotion>sa|su|[adfhn])(?<sentence>\\d\\d)")
                .completedBy(clip -> clip.with(ClipName.SEX, "male").with(ClipName.LANGUAGE, "en")),
            Map.of(
                "a", Emotion.ANGRY,
                "d", Emotion.DISGUSTED,
                "f", Emotion.FEARFUL,
                "h", Emotion.HAPPY,
                "n", Emotion.NEUTRAL,
                "sa", Emotion.SAD,
                "su", Emotion.SURPRISED))
        .describedBy(CARD);
  }
}
