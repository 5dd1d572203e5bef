package dev.serenade.corpus.reader;

import dev.serenade.corpus.Emotion;
import java.util.List;
import java.util.Map;

/**
 * ASED: 2,474 acted Amharic sentences, 65 speakers, 5 classes.
 *
 * <p>Retta, Almekhlafi, Sutcliffe, Mhamed, Ali and Feng, "A new Amharic speech emotion dataset and
 * classification benchmark", ACM TALLIP 22(1), 2023, doi:10.1145/3529759. On disk {@code
 * 01Neutral/n1-03-02-02-20.wav}: emotion's initial and folder's number, sentence, repetition, sex
 * (01 female, 02 male), speaker. One name begins with a capital; case is ignored.
 */
final class Ased {

  private static final CorpusCard CARD =
      new CorpusCard(
          "ASED",
          "Retta, Almekhlafi, Sutcliffe, Mhamed, Ali and Feng, \"A new Amharic speech emotion dataset and classification benchmark\", ACM TALLIP 22(1), 2023, doi:10.1145/3529759.",
          List.of("am"),
          "65",
          "2,474",
          List.of("n", "f", "h", "s", "a"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "not known to us", Licence.Use.UNKNOWN, "We found no terms; ask the authors."),
          "https://github.com/Ethio2021/ASED_V1",
          "`01Neutral/n1-03-02-02-20.wav`: emotion's initial and folder, sentence, repetition, sex, speaker.",
          "nothing.",
          0);

  private Ased() {}

  static CorpusReader reader() {
    return new PathReader(
            "ased",
            "ASED: Amharic, acted, 65 speakers, 5 classes (Retta et al. 2023)",
            ClipPattern.of(
                    "(?<emotion>[NFHSAnfhsa])\\d-(?<sentence>\\d+)-(?<repetition>\\d+)-(?<sex>0[12])"
                        + "-(?<speaker>\\d+)")
                .completedBy(
                    clip ->
                        clip.with(
                                ClipName.SEX,
                                clip.get(ClipName.SEX).equals("01") ? "female" : "male")
                            .with(ClipName.LANGUAGE, "am")),
            Map.of(
                "n", Emotion.NEUTRAL,
                "f", Emotion.FEARFUL,
                "h", Emotion.HAPPY,
                "s", Emotion.SAD,
                "a", Emotion.ANGRY))
        .describedBy(CARD);
  }
}
