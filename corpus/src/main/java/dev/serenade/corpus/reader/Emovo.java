package dev.serenade.corpus.reader;

import java.util.List;
import java.util.Map;

/**
 * EMOVO: 588 acted Italian sentences, 6 actors, 7 classes.
 *
 * <p>Costantini, Iaderola, Paoloni and Todisco, "EMOVO corpus: an Italian emotional speech
 * database", LREC 2014. On disk {@code f1/dis-f1-b1.wav}: emotion (dis, gio, neu, pau, rab, sor,
 * tri), actor, sentence.
 */
final class Emovo {

  private static final CorpusCard CARD =
      new CorpusCard(
          "EMOVO",
          "Costantini, Iaderola, Paoloni and Todisco, \"EMOVO corpus: an Italian emotional speech database\", LREC 2014.",
          List.of("it"),
          "6",
          "588",
          List.of("dis", "gio", "neu", "pau", "rab", "sor", "tri"),
          CorpusCard.Speech.ACTED,
          new Licence("free for research", Licence.Use.RESEARCH, "For other uses ask the authors."),
          "http://voice.fub.it/activities/corpora/emovo/index.html",
          "`f1/dis-f1-b1.wav`: emotion, actor, sentence.",
          "nothing.",
          6);

  private Emovo() {}

  static CorpusReader reader() {
    return new PathReader(
            "emovo",
            "EMOVO: Italian, acted, 6 speakers, 7 classes (Costantini et al. 2014)",
            ClipPattern.of(
                    "(?<emotion>dis|gio|neu|pau|rab|sor|tri)-(?<speaker>(?<sex>[fm])\\d)-(?<sentence>\\w+)")
                .completedBy(clip -> clip.with(ClipName.LANGUAGE, "it")),
            Map.of())
        .describedBy(CARD);
  }
}
