package dev.serenade.corpus.reader;

import java.util.List;
import java.util.Map;

/**
 * TurEV-DB: about 1,700 acted Turkish words, 4 classes.
 *
 * <p>Canpolat, Ormanoğlu and Zeyrek, "Turkish emotion voice database (TurEV-DB)", SLTU-CCURL 2020.
 * On disk {@code Sound Source/Angry/1157_kz_beste.wav}: a folder per class; speaker, emotion in two
 * letters (not needed), word. Sex is not known to us.
 */
final class TurevDb {

  private static final CorpusCard CARD =
      new CorpusCard(
          "TurEV-DB",
          "Canpolat, Ormanoğlu and Zeyrek, \"Turkish emotion voice database (TurEV-DB)\", SLTU-CCURL 2020.",
          List.of("tr"),
          "not stated",
          "about 1,700",
          List.of("Angry", "Calm", "Happy", "Sad"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "CC BY-NC-ND 4.0",
              Licence.Use.NON_COMMERCIAL,
              "Name the authors; what is made of it may not be passed on, so ask them about a trained model."),
          "https://github.com/Xeonen/TurEV-DB",
          "`Sound Source/Angry/1157_kz_beste.wav`: emotion's folder, speaker, emotion, word.",
          "nothing.",
          0);

  private TurevDb() {}

  static CorpusReader reader() {
    return new PathReader(
            "turevdb",
            "TurEV-DB: Turkish, acted words, 4 classes (Canpolat et al. 2020)",
            ClipPattern.of(
                    "(?<emotion>Angry|Calm|Happy|Sad)/(?<speaker>\\d+)_[^_/]+_(?<word>[^/]+)")
                .completedBy(clip -> clip.with(ClipName.LANGUAGE, "tr")),
            Map.of())
        .describedBy(CARD);
  }
}
