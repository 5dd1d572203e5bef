package dev.serenade.corpus.reader;

import java.util.Map;

/**
 * TurEV-DB: about 1,700 acted Turkish words, 4 classes.
 *
 * <p>Canpolat, Ormanoğlu and Zeyrek, "Turkish emotion voice database (TurEV-DB)", SLTU-CCURL 2020.
 * On disk {@code Sound Source/Angry/...wav}, a folder per class; the file's name begins with the
 * speaker's number, up to the first underscore. What follows it is not relied upon, and sex is not
 * known to us.
 */
final class TurevDb {

  private TurevDb() {}

  static CorpusReader reader() {
    return new PathReader(
        "turevdb",
        "TurEV-DB: Turkish, acted words, 4 classes (Canpolat et al. 2020)",
        ClipPattern.of("(?<emotion>Angry|Calm|Happy|Sad)/(?<speaker>[^_/]+)_(?<take>[^/]+)")
            .completedBy(clip -> clip.with(ClipName.LANGUAGE, "tr")),
        Map.of());
  }
}
