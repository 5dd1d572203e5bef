package dev.serenade.corpus.reader;

import dev.serenade.corpus.Emotion;
import java.util.List;
import java.util.Map;

/**
 * RAVDESS, speech part: 1,440 acted English sentences, 24 actors, 8 classes.
 *
 * <p>Livingstone and Russo, "The Ryerson audio-visual database of emotional speech and song", PLoS
 * ONE 13(5), 2018, doi:10.1371/journal.pone.0196391. On disk {@code
 * Actor_12/03-01-06-01-02-01-12.wav}: modality (03 is sound only), vocal (01 speech, 02 song),
 * emotion, intensity, statement, repetition, actor; actors of odd number are men. Song, and the
 * videos that hold the same sound again, are left out.
 */
final class Ravdess {

  private static final CorpusCard CARD =
      new CorpusCard(
          "RAVDESS, speech part",
          "Livingstone and Russo, \"The Ryerson audio-visual database of emotional speech and song\", PLoS ONE 13(5), 2018, doi:10.1371/journal.pone.0196391.",
          List.of("en"),
          "24",
          "1,440",
          List.of("01", "02", "03", "04", "05", "06", "07", "08"),
          CorpusCard.Speech.ACTED,
          new Licence(
              "CC BY-NC-SA 4.0",
              Licence.Use.NON_COMMERCIAL,
              "Name the authors; what is made of it must be shared alike."),
          "https://zenodo.org/record/1188976",
          "`Actor_12/03-01-06-01-02-01-12.wav`: modality, vocal, emotion, intensity, statement, repetition, actor.",
          "song, and the videos, whose sound is there on its own.",
          6);

  private Ravdess() {}

  static CorpusReader reader() {
    return new PathReader(
            "ravdess",
            "RAVDESS speech: English, acted, 24 speakers, 8 classes (Livingstone and Russo 2018)",
            ClipPattern.of(
                    "(?<modality>0[123])-(?<vocal>0[12])-(?<emotion>0[1-8])-(?<intensity>0[12])"
                        + "-(?<statement>0[12])-(?<repetition>0[12])-(?<actor>\\d\\d)")
                .completedBy(Ravdess::withActor),
            Map.of(
                "01", Emotion.NEUTRAL,
                "02", Emotion.CALM,
                "03", Emotion.HAPPY,
                "04", Emotion.SAD,
                "05", Emotion.ANGRY,
                "06", Emotion.FEARFUL,
                "07", Emotion.DISGUSTED,
                "08", Emotion.SURPRISED),
            List.of(
                new PathReader.Exclusion(
                    clip -> clip.get("vocal").equals("02"), "song, not speech"),
                new PathReader.Exclusion(
                    clip -> !clip.get("modality").equals("03"),
                    "a video; its sound is there on its own")))
        .describedBy(CARD);
  }

  private static ClipName withActor(ClipName clip) {
    String actor = clip.get("actor");
    return clip.with(ClipName.SPEAKER, "Actor_" + actor)
        .with(ClipName.SEX, Integer.parseInt(actor) % 2 == 1 ? "male" : "female")
        .with(ClipName.LANGUAGE, "en");
  }
}
