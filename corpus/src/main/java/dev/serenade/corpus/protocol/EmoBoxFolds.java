package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.emobox.EmoBoxEntry;
import dev.serenade.corpus.internal.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folds that EmoBox publishes for a corpus: {@code fold_K/NAME_train_fold_K.jsonl} and {@code
 * ..._test_...}, for some corpora also {@code ..._valid_...}.
 *
 * <p>Clips are matched by the name of the recording. Clips that are in no list, such as 162 of
 * ShEMO, take no part; {@link #missingFrom} tells which listed clips a corpus lacks. The folds of
 * EMO-DB and ShEMO share speakers between training and test by definition; those of the other
 * corpora are held to be disjoint, and checked.
 *
 * @param folder that holds {@code fold_1}
 * @param dataset EmoBox's name for the corpus
 * @param folds the names of the clips, by fold
 */
public record EmoBoxFolds(Path folder, String dataset, List<Clips> folds) implements Protocol {

  /** Whose folds share speakers (checked on the published files of 2025-03-31). */
  private static final Set<String> SHARED = Set.of("emodb", "shemo");

  private static final Pattern LIST = Pattern.compile(".*_(train|valid|test)_fold_(\\d+)\\.jsonl");

  /** The names of the clips of one fold. */
  public record Clips(int fold, Set<String> train, Set<String> validation, Set<String> test) {

    public Clips {
      train = Set.copyOf(train);
      validation = Set.copyOf(validation);
      test = Set.copyOf(test);
    }
  }

  public EmoBoxFolds {
    folds = List.copyOf(folds);
  }

  /**
   * Reads the lists below a folder.
   *
   * @throws ManifestFormatException if there are none, or they make no sense
   */
  public static EmoBoxFolds read(Path folder) throws IOException, ManifestFormatException {
    List<Clips> folds = new ArrayList<>();
    String dataset = "";
    Map<String, List<EmoBoxEntry>> lists = lists(folder);
    for (int fold = 1; lists.containsKey("train " + fold); fold++) {
      List<EmoBoxEntry> train = lists.getOrDefault("train " + fold, List.of());
      dataset = train.get(0).dataset();
      folds.add(
          new Clips(
              fold,
              names(train),
              names(lists.getOrDefault("valid " + fold, List.of())),
              names(lists.getOrDefault("test " + fold, List.of()))));
    }
    if (folds.isEmpty()) {
      throw new ManifestFormatException(
          folder, "fold_1/NAME_train_fold_1.jsonl expected, found no such file");
    }
    return new EmoBoxFolds(folder, dataset, folds);
  }

  @Override
  public String name() {
    return "emobox:" + folder;
  }

  @Override
  public String statement() {
    return "EmoBox's %d folds of %s%s."
        .formatted(
            folds.size(),
            dataset,
            speakersShared()
                ? ", in which, by definition, speakers of the test part are also in training"
                : ", in which nobody is in training and test");
  }

  @Override
  public boolean speakersShared() {
    return SHARED.contains(dataset);
  }

  @Override
  public List<Fold> divide(Corpus corpus) throws ProtocolException {
    Map<String, Utterance> byName = new HashMap<>();
    for (Utterance clip : corpus.utterances()) {
      Utterance other = byName.put(AudioFiles.stem(clip.path()), clip);
      if (other != null) {
        throw new ProtocolException(
            "%s: recordings of different names expected, found %s and %s"
                .formatted(name(), other.id(), clip.id()));
      }
    }
    List<Fold> divided = new ArrayList<>();
    for (Clips fold : folds) {
      divided.add(
          new Fold(
              "fold " + fold.fold(),
              select(corpus, fold.train()),
              select(corpus, fold.validation()),
              select(corpus, fold.test())));
    }
    return divided;
  }

  /** Returns the names of clips that the folds list and the corpus does not have. */
  public Set<String> missingFrom(Corpus corpus) {
    Set<String> missing = new TreeSet<>();
    for (Clips fold : folds) {
      Stream.of(fold.train(), fold.validation(), fold.test()).forEach(missing::addAll);
    }
    corpus.utterances().forEach(clip -> missing.remove(AudioFiles.stem(clip.path())));
    return missing;
  }

  private static List<Utterance> select(Corpus corpus, Set<String> names) {
    return corpus.filtered(clip -> names.contains(AudioFiles.stem(clip.path()))).utterances();
  }

  private static Set<String> names(List<EmoBoxEntry> entries) {
    Set<String> names = new TreeSet<>();
    entries.forEach(entry -> names.add(entry.clip()));
    return names;
  }

  /** Reads all lists, by part and number of the fold. */
  private static Map<String, List<EmoBoxEntry>> lists(Path folder)
      throws IOException, ManifestFormatException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder, 2)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Map<String, List<EmoBoxEntry>> lists = new HashMap<>();
    for (Path file : files) {
      Matcher name = LIST.matcher(AudioFiles.name(file));
      if (name.matches()) {
        List<String> broken = new ArrayList<>();
        List<EmoBoxEntry> entries = EmoBoxEntry.readAll(file, s -> broken.add(s.reason()));
        if (!broken.isEmpty()) {
          throw new ManifestFormatException(file, "whole folds expected, found " + broken.get(0));
        }
        lists.put(name.group(1) + " " + Integer.parseInt(name.group(2)), entries);
      }
    }
    return lists;
  }
}
