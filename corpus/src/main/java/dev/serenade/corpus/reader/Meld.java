package dev.serenade.corpus.reader;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.Split;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.internal.AudioFiles;
import dev.serenade.corpus.internal.ClipCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MELD: about 13,700 English utterances of the series Friends, 7 classes, with a split by dialogue.
 *
 * <p>Poria, Hazarika, Majumder, Naik, Cambria and Mihalcea, "MELD: a multimodal multi-party dataset
 * for emotion recognition in conversations", ACL 2019, doi:10.18653/v1/P19-1050. On disk, anywhere
 * below the root, {@code train_sent_emo.csv}, {@code dev_sent_emo.csv} and {@code
 * test_sent_emo.csv}, and clips {@code dia0_utt0.mp4} (or any sound made from them) in folders
 * whose names contain {@code train}, {@code dev} or {@code test}.
 *
 * <p>The same characters speak in all three parts, so that its split is not speaker-disjoint, and
 * laughter and music are in the sound.
 */
final class Meld implements CorpusReader {

  private static final CorpusCard CARD =
      new CorpusCard(
          "MELD",
          "Poria, Hazarika, Majumder, Naik, Cambria and Mihalcea, \"MELD: a multimodal multi-party dataset for emotion recognition in conversations\", ACL 2019, doi:10.18653/v1/P19-1050.",
          List.of("en"),
          "not stated",
          "about 13,700",
          List.of("anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise"),
          CorpusCard.Speech.FICTION,
          new Licence(
              "not known to us for sure",
              Licence.Use.UNKNOWN,
              "The recordings are of a television series, whose rights others hold."),
          "https://github.com/declare-lab/MELD",
          "`train_sent_emo.csv` and the like, and clips `dia0_utt0.mp4` in folders named for train, dev and test.",
          "clips that no table lists.",
          0);

  private static final String TABLE = "%s_sent_emo.csv";
  private static final String TEXT = "Utterance";
  private static final String SPEAKER = "Speaker";
  private static final String EMOTION = "Emotion";
  private static final String DIALOGUE = "Dialogue_ID";
  private static final String UTTERANCE_ID = "Utterance_ID";
  private static final List<String> COLUMNS =
      List.of(TEXT, SPEAKER, EMOTION, DIALOGUE, UTTERANCE_ID);

  @Override
  public String name() {
    return "meld";
  }

  @Override
  public String description() {
    return "MELD: English, television, 7 classes, own split (Poria et al. 2019)";
  }

  @Override
  public Optional<CorpusCard> card() {
    return Optional.of(CARD);
  }

  @Override
  public Map<String, Emotion> codes() {
    return Map.of();
  }

  /** Returns nothing: a clip's name does not tell who speaks. */
  @Override
  public Optional<ClipName> parse(String path) {
    return Optional.empty();
  }

  @Override
  public Corpus read(Path root, EmotionLabels labels) throws IOException, CorpusLayoutException {
    Map<String, Path> recordings = new HashMap<>();
    ClipCollector clips = new ClipCollector();
    for (Path file : Layout.recordings(root, name())) {
      String id = Layout.id(root, file);
      Optional<String> split = splitOf(id);
      if (split.isEmpty()) {
        clips.skip(id, Cause.MALFORMED, "in no folder named train, dev or test");
      } else if (recordings.putIfAbsent(key(split.get(), AudioFiles.stem(file)), file) != null) {
        clips.skip(id, Cause.DUPLICATE, "a clip of this name and part was found before");
      }
    }
    int tables = 0;
    for (String split : List.of("train", "dev", "test")) {
      Optional<Path> table = find(root, TABLE.formatted(split));
      if (table.isPresent()) {
        tables++;
        readTable(table.get(), split, root, recordings, labels, clips);
      }
    }
    if (tables == 0) {
      throw new CorpusLayoutException(
          root,
          name(),
          TABLE.formatted("train") + " and the like",
          "none beside %d recordings".formatted(recordings.size()));
    }
    recordings.values().stream()
        .sorted()
        .forEach(file -> clips.skip(Layout.id(root, file), Cause.UNLABELLED, "in no table"));
    return Corpus.of(name(), root, clips.utterances(), clips.skipped());
  }

  /** Takes the recordings that a table lists out of the map. */
  private static void readTable(
      Path table,
      String split,
      Path root,
      Map<String, Path> recordings,
      EmotionLabels labels,
      ClipCollector clips)
      throws IOException, CorpusLayoutException {
    for (Map<String, String> row : CorpusTable.read(table, ',', "meld", COLUMNS)) {
      String dialogue = row.getOrDefault(DIALOGUE, "");
      String name = "dia%s_utt%s".formatted(dialogue, row.getOrDefault(UTTERANCE_ID, ""));
      String label = row.getOrDefault(EMOTION, "");
      String speaker = row.getOrDefault(SPEAKER, "");
      Path file = recordings.remove(key(split, name));
      String id = file == null ? split + "/" + name : Layout.id(root, file);
      if (file == null) {
        clips.skip(id, Cause.MISSING_FILE, "listed in " + AudioFiles.name(table));
      } else if (label.isBlank() || speaker.isBlank()) {
        clips.skip(id, Cause.UNLABELLED, "no class or no speaker in " + AudioFiles.name(table));
      } else if (labels.canonical(label).isEmpty()) {
        clips.skip(id, Cause.EXCLUDED, "class %s is dropped".formatted(label));
      } else {
        Utterance clip =
            Utterance.builder(id, file, speaker, labels.canonical(label).orElseThrow())
                .split(Split.named(split).orElseThrow())
                .language("en")
                .text(row.getOrDefault(TEXT, ""))
                .extra("dialogue", split + " " + dialogue)
                .build();
        clips.add(clip, id);
      }
    }
  }

  private static Optional<String> splitOf(String id) {
    int folder = id.lastIndexOf('/');
    String folders = folder < 0 ? "" : id.substring(0, folder).toLowerCase(Locale.ROOT);
    return Stream.of("train", "dev", "test").filter(folders::contains).findFirst();
  }

  private static String key(String split, String clip) {
    return split + "/" + clip;
  }

  private static Optional<Path> find(Path root, String name) throws IOException {
    return AudioFiles.filesBelow(root).stream()
        .filter(file -> AudioFiles.name(file).equals(name))
        .findFirst();
  }
}
