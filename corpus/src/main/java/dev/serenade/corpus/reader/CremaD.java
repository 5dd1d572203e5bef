package dev.serenade.corpus.reader;

import java.util.List;
import java.util.Map;

/**
 * CREMA-D: 7,442 acted English sentences, 91 actors, 6 classes.
 *
 * <p>Cao, Cooper, Keutmann, Gur, Nenkova and Verma, "CREMA-D: crowd-sourced emotional multimodal
 * actors dataset", IEEE Transactions on Affective Computing 5(4), 2014,
 * doi:10.1109/TAFFC.2014.2336244. On disk {@code AudioWAV/1001_DFA_ANG_XX.wav}: actor, sentence,
 * emotion, level (LO, MD, HI, XX). The class is the one the actor meant, not what raters heard. Sex
 * comes from {@code VideoDemographics.csv} if that is at the root. One name has {@code X} for
 * {@code XX}.
 */
final class CremaD {

  private static final CorpusCard CARD =
      new CorpusCard(
          "CREMA-D",
          "Cao, Cooper, Keutmann, Gur, Nenkova and Verma, \"CREMA-D: crowd-sourced emotional multimodal actors dataset\", IEEE Transactions on Affective Computing 5(4), 2014, doi:10.1109/TAFFC.2014.2336244.",
          List.of("en"),
          "91",
          "7,442",
          List.of("ANG", "DIS", "FEA", "HAP", "NEU", "SAD"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "ODbL 1.0, contents DbCL 1.0",
              Licence.Use.ANY,
              "Name the source; a changed database must be shared alike."),
          "https://github.com/CheyneyComputerScience/CREMA-D",
          "`AudioWAV/1001_DFA_ANG_XX.wav`: actor, sentence, emotion, level; `VideoDemographics.csv` adds the sex.",
          "`1076_MTI_SAD_XX`, which is silent. The class is what the actor meant, not what raters heard.",
          0);

  private CremaD() {}

  static CorpusReader reader() {
    return new PathReader(
            "cremad",
            "CREMA-D: English, acted, 91 speakers, 6 classes (Cao et al. 2014)",
            ClipPattern.of(
                    "(?<speaker>1\\d{3})_(?<sentence>[A-Z]{3})_(?<emotion>ANG|DIS|FEA|HAP|NEU|SAD)"
                        + "_(?<level>LO|MD|HI|XX|X)")
                .completedBy(clip -> clip.with(ClipName.LANGUAGE, "en")),
            Map.of(),
            List.of(
                new PathReader.Exclusion(
                    clip -> clip.clip().equals("1076_MTI_SAD_XX"), "the recording is silent")))
        .joinedWith(
            new SideTable(
                "VideoDemographics.csv", ',', "ActorID", ClipName.SPEAKER, Map.of("Sex", "sex")))
        .describedBy(CARD);
  }
}
