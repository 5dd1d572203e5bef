package dev.serenade.corpus.reader;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Split;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.UtteranceBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the path of a clip says of it.
 *
 * @param clip the part of the path that names the clip within the corpus, without extension
 * @param parts by name: {@code speaker}, {@code emotion} (a code), {@code sex}, {@code session},
 *     {@code split}, {@code language}, {@code text}; any other is an extra column
 */
public record ClipName(String clip, Map<String, String> parts) {

  /** The part that names the speaker. */
  public static final String SPEAKER = "speaker";

  static final String EMOTION = "emotion";
  static final String SEX = "sex";
  static final String SESSION = "session";
  static final String SPLIT = "split";
  static final String LANGUAGE = "language";
  static final String TEXT = "text";

  private static final Set<String> KNOWN =
      Set.of(SPEAKER, EMOTION, SEX, SESSION, SPLIT, LANGUAGE, TEXT);

  public ClipName {
    parts = Map.copyOf(parts);
  }

  /** Returns a part, or nothing if the path does not say it. */
  public Optional<String> find(String part) {
    return Optional.ofNullable(parts.get(part));
  }

  /** Returns a part that every clip of the corpus has. */
  public String get(String part) {
    return find(part)
        .orElseThrow(
            () ->
                new IllegalArgumentException("%s: no part %s in %s".formatted(clip, part, parts)));
  }

  /** Returns this name with a part added or replaced. */
  public ClipName with(String part, String value) {
    SortedMap<String, String> changed = new TreeMap<>(parts);
    changed.put(part, value);
    return new ClipName(clip, changed);
  }

  /** Starts the clip that has this name. */
  public UtteranceBuilder toUtterance(String id, Path file, Emotion emotion) {
    UtteranceBuilder builder = Utterance.builder(id, file, get(SPEAKER), emotion);
    find(SEX).ifPresent(builder::sex);
    find(SESSION).ifPresent(builder::session);
    find(SPLIT).flatMap(Split::named).ifPresent(builder::split);
    find(LANGUAGE).ifPresent(builder::language);
    find(TEXT).ifPresent(builder::text);
    parts.forEach(
        (part, value) -> {
          if (!KNOWN.contains(part)) {
            builder.extra(part, value);
          }
        });
    return builder;
  }
}
