package dev.serenade.corpus.reader;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ESD: 35,000 acted sentences, 10 speakers of Mandarin and 10 of English, 5 classes.
 *
 * <p>Zhou, Sisman, Liu and Li, "Seen and unseen emotional style transfer for voice conversion with
 * a new emotional speech dataset", ICASSP 2021, doi:10.1109/ICASSP39728.2021.9413391. On disk
 * {@code 0011/Angry/train/0011_000351.wav}, where the folder of the split (train, evaluation, test)
 * is missing in later releases; evaluation is read as validation. Speakers 0001 to 0010 speak
 * Mandarin. The class is that of the folder; the text files beside, in several encodings, are not
 * read.
 */
final class Esd {

  private static final Set<String> MEN =
      Set.of("0004", "0005", "0006", "0008", "0010", "0011", "0012", "0013", "0014", "0020");

  private static final CorpusCard CARD =
      new CorpusCard(
          "ESD",
          "Zhou, Sisman, Liu and Li, \"Seen and unseen emotional style transfer for voice conversion with a new emotional speech dataset\", ICASSP 2021, doi:10.1109/ICASSP39728.2021.9413391.",
          List.of("zh", "en"),
          "20",
          "35,000",
          List.of("Angry", "Happy", "Neutral", "Sad", "Surprise"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "licence form of the authors",
              Licence.Use.RESEARCH,
              "A form is to be signed and sent to the authors."),
          "https://github.com/HLTSingapore/Emotional-Speech-Data",
          "`0011/Angry/train/0011_000351.wav`: speaker, emotion, split, sentence; the split's folder may be missing.",
          "the text files beside the recordings.",
          0);

  private Esd() {}

  static CorpusReader reader() {
    return new PathReader(
            "esd",
            "ESD: Mandarin and English, acted, 20 speakers, 5 classes (Zhou et al. 2021)",
            ClipPattern.of(
                    "(?<speaker>00\\d\\d)/(?<emotion>Angry|Happy|Neutral|Sad|Surprise)/"
                        + "(?:(?<split>train|evaluation|test)/)?\\d{4}_(?<sentence>\\d+)")
                .completedBy(Esd::withSpeaker),
            Map.of())
        .describedBy(CARD);
  }

  private static ClipName withSpeaker(ClipName clip) {
    String speaker = clip.get(ClipName.SPEAKER);
    return clip.with(ClipName.SEX, MEN.contains(speaker) ? "male" : "female")
        .with(ClipName.LANGUAGE, Integer.parseInt(speaker) <= 10 ? "zh" : "en");
  }
}
