package dev.serenade.corpus.reader;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.UtteranceBuilder;
import dev.serenade.corpus.internal.AudioFiles;
import dev.serenade.corpus.internal.ClipCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * IEMOCAP: 10,039 English turns of 5 sessions with two actors each, improvised and scripted.
 *
 * <p>Busso, Bulut, Lee, Kazemzadeh, Mower, Kim, Chang, Lee and Narayanan, "IEMOCAP: interactive
 * emotional dyadic motion capture database", Language Resources and Evaluation 42, 2008,
 * doi:10.1007/s10579-008-9076-6. On disk {@code
 * Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav}, labels in {@code
 * Session1/dialog/EmoEvaluation/Ses01F_impro01.txt}, text in {@code
 * Session1/dialog/transcriptions}.
 *
 * <p>The speaker is session and the last letter of the name: {@code Ses01F_impro01_M003} is spoken
 * by {@code Ses01M}; the first letter only says who wore the markers. Turns without a majority
 * label ({@code xxx}) are left out. The paper that this project implements takes improvised turns
 * of four classes, with excited counted as happy: 2,793 by its text, where the labels give 2,943.
 *
 * @param improvisedOnly leave scripted turns out
 * @param excitedIsHappy count excited as happy
 */
public record Iemocap(boolean improvisedOnly, boolean excitedIsHappy) implements CorpusReader {

  private static final String NO_MAJORITY = "xxx";
  private static final String STYLE = "style";
  private static final String IMPROVISED = "impro";

  private static final CorpusCard CARD =
      new CorpusCard(
          "IEMOCAP",
          "Busso, Bulut, Lee, Kazemzadeh, Mower, Kim, Chang, Lee and Narayanan, \"IEMOCAP: interactive emotional dyadic motion capture database\", Language Resources and Evaluation 42, 2008, doi:10.1007/s10579-008-9076-6.",
          List.of("en"),
          "10",
          "10,039",
          List.of("ang", "hap", "exc", "neu", "sad", "fru", "fea", "sur", "dis", "oth"),
          CorpusCard.Speech.PLAYED,
          new Licence(
              "agreement with the authors",
              Licence.Use.RESEARCH,
              "A release form is to be signed; the recordings may not be passed on."),
          "https://sail.usc.edu/iemocap/",
          "`Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav`; labels in `Session1/dialog/EmoEvaluation/*.txt`.",
          "turns without a majority label (`xxx`); scripted turns by the readers named `improvised`.",
          5);

  private static final ClipPattern PATTERN =
      ClipPattern.of(
              "Ses0(?<session>[1-5])[FM]_(?<style>impro|script)(?<scene>[^/]*)_(?<sex>[FM])(?<turn>\\d+)")
          .completedBy(
              clip ->
                  clip.with(
                          ClipName.SPEAKER,
                          "Ses0" + clip.get(ClipName.SESSION) + clip.get(ClipName.SEX))
                      .with(ClipName.LANGUAGE, "en"));

  @Override
  public String name() {
    return "iemocap" + (improvisedOnly ? "-improvised" : "") + (excitedIsHappy ? "-merged" : "");
  }

  @Override
  public String description() {
    return "IEMOCAP: English, dialogues, 10 speakers, 5 sessions, %s, excited %s (Busso et al. 2008)"
        .formatted(
            improvisedOnly ? "improvised turns" : "all turns",
            excitedIsHappy ? "counts as happy" : "apart from happy");
  }

  @Override
  public Optional<CorpusCard> card() {
    return Optional.of(CARD);
  }

  @Override
  public Map<String, Emotion> codes() {
    return Map.of(
        "exc", excitedIsHappy ? Emotion.HAPPY : Emotion.EXCITED, "oth", Emotion.of("other"));
  }

  @Override
  public Optional<ClipName> parse(String path) {
    return PATTERN.parse(path);
  }

  @Override
  public Corpus read(Path root, EmotionLabels labels) throws IOException, CorpusLayoutException {
    Map<String, Path> recordings = new HashMap<>();
    List<Path> files = Layout.recordings(root, name());
    files.stream()
        .filter(file -> parse(Layout.id(root, file)).isPresent())
        .forEach(file -> recordings.putIfAbsent(AudioFiles.stem(file), file));
    List<IemocapTurn> turns = IemocapTurn.readAll(root);
    if (turns.isEmpty()) {
      throw new CorpusLayoutException(
          root,
          name(),
          "labels in SessionK/dialog/EmoEvaluation/*.txt",
          "none beside %d recordings".formatted(recordings.size()));
    }
    EmotionLabels known = labels.withCodes(codes());
    ClipCollector clips = new ClipCollector();
    Set<String> listed = new HashSet<>();
    for (IemocapTurn turn : turns) {
      listed.add(turn.name());
      Optional<ClipName> clip = parse(turn.name());
      if (clip.isEmpty()) {
        clips.skip(turn.name(), Cause.MALFORMED, "not named like Ses01F_impro01_F000");
      } else {
        add(clips, root, turn, clip.get(), Optional.ofNullable(recordings.get(turn.name())), known);
      }
    }
    recordings.forEach(
        (name, file) -> {
          if (!listed.contains(name)) {
            clips.skip(Layout.id(root, file), Cause.UNLABELLED, "in no file of EmoEvaluation");
          }
        });
    return Corpus.of(name(), root, clips.utterances(), clips.skipped());
  }

  private void add(
      ClipCollector clips,
      Path root,
      IemocapTurn turn,
      ClipName clip,
      Optional<Path> recording,
      EmotionLabels labels) {
    Path file = recording.orElse(root.resolve(turn.expectedPath()));
    String id = Layout.id(root, file);
    if (improvisedOnly && !clip.get(STYLE).equals(IMPROVISED)) {
      clips.skip(id, Cause.EXCLUDED, "scripted");
      return;
    }
    if (turn.label().equals(NO_MAJORITY)) {
      clips.skip(id, Cause.UNLABELLED, "the annotators' majority chose no class (xxx)");
      return;
    }
    Optional<Emotion> emotion = labels.canonical(turn.label());
    if (emotion.isEmpty()) {
      clips.skip(id, Cause.EXCLUDED, "class %s is dropped".formatted(turn.label()));
      return;
    }
    UtteranceBuilder utterance = clip.toUtterance(id, file, emotion.get());
    turn.text().ifPresent(utterance::text);
    clips.add(utterance.build(), id);
  }
}
