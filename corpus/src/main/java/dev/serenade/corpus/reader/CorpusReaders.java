package dev.serenade.corpus.reader;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The readers there are, by name. */
public final class CorpusReaders {

  private static final List<CorpusReader> ALL =
      List.of(
          Shemo.labelledBy(Shemo.LabelSource.LETTER),
          Shemo.labelledBy(Shemo.LabelSource.JSON),
          new Iemocap(false, false),
          new Iemocap(false, true),
          new Iemocap(true, false),
          new Iemocap(true, true),
          Ravdess.reader(),
          EmoDb.reader(),
          Emovo.reader(),
          CremaD.reader(),
          Tess.reader(),
          Savee.reader(),
          new Meld(),
          Urdu.reader(),
          Nemo.reader(),
          TurevDb.reader(),
          Ased.reader(),
          Esd.reader(),
          FolderPerClass.reader());

  private CorpusReaders() {}

  /** Returns all readers, in the order in which they are listed to users. */
  public static List<CorpusReader> all() {
    return ALL;
  }

  /** Returns the reader of this name, or nothing if there is none. */
  public static Optional<CorpusReader> find(String name) {
    return ALL.stream().filter(reader -> reader.name().equals(name)).findFirst();
  }

  /**
   * Returns the reader of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static CorpusReader named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no corpus named %s; there are %s"
                        .formatted(
                            name,
                            ALL.stream()
                                .map(CorpusReader::name)
                                .collect(Collectors.joining(", ")))));
  }
}
