package dev.serenade.corpus.reader;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.internal.ClipCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Reads a corpus whose clips' paths say all there is to know.
 *
 * <p>A clip that is there twice, say as WAV and as MP3, or in the nested copy that some downloads
 * have, counts once.
 *
 * @param name on the command line
 * @param description one line: full name, language, paper
 * @param pattern the naming rule
 * @param codes from the {@code emotion} part to the class
 * @param exclusions what the corpus has but is not read, with the reason
 * @param table that adds to what the paths say, if the corpus has one
 * @param card what is known of the corpus, if it is a published one
 */
record PathReader(
    String name,
    String description,
    ClipPattern pattern,
    Map<String, Emotion> codes,
    List<Exclusion> exclusions,
    Optional<SideTable> table,
    Optional<CorpusCard> card)
    implements CorpusReader {

  /** Clips of the corpus that are left out, and why. */
  record Exclusion(Predicate<ClipName> clips, String reason) {}

  PathReader(String name, String description, ClipPattern pattern, Map<String, Emotion> codes) {
    this(name, description, pattern, codes, List.of(), Optional.empty(), Optional.empty());
  }

  PathReader(
      String name,
      String description,
      ClipPattern pattern,
      Map<String, Emotion> codes,
      List<Exclusion> exclusions) {
    this(name, description, pattern, codes, exclusions, Optional.empty(), Optional.empty());
  }

  PathReader joinedWith(SideTable other) {
    return new PathReader(name, description, pattern, codes, exclusions, Optional.of(other), card);
  }

  PathReader describedBy(CorpusCard other) {
    return new PathReader(name, description, pattern, codes, exclusions, table, Optional.of(other));
  }

  @Override
  public Optional<ClipName> parse(String path) {
    return pattern.parse(path);
  }

  @Override
  public Corpus read(Path root, EmotionLabels labels) throws IOException, CorpusLayoutException {
    EmotionLabels known = labels.withCodes(codes);
    ClipCollector clips = new ClipCollector();
    Map<String, String> seen = new HashMap<>();
    List<Path> files = Layout.recordings(root, name);
    UnaryOperator<ClipName> additions =
        table.isPresent() ? table.get().read(root, name) : UnaryOperator.identity();
    for (Path file : files) {
      String id = Layout.id(root, file);
      Optional<ClipName> parsed = parse(id);
      if (parsed.isEmpty()) {
        clips.skip(id, Cause.MALFORMED, "not named like " + pattern.regex());
        continue;
      }
      ClipName clip = parsed.get();
      String before = seen.putIfAbsent(clip.clip(), id);
      if (before != null) {
        clips.skip(id, Cause.DUPLICATE, "the same clip as " + before);
        continue;
      }
      String code = clip.get(ClipName.EMOTION);
      Optional<Emotion> emotion = known.canonical(code);
      Optional<String> exclusion = reasonToExclude(clip);
      if (exclusion.isPresent()) {
        clips.skip(id, Cause.EXCLUDED, exclusion.get());
      } else if (emotion.isEmpty()) {
        clips.skip(id, Cause.EXCLUDED, "class %s is dropped".formatted(code));
      } else {
        clips.add(additions.apply(clip).toUtterance(id, file, emotion.get()).build(), id);
      }
    }
    if (seen.isEmpty()) {
      throw new CorpusLayoutException(
          root,
          name,
          "clips named like " + pattern.regex(),
          files.isEmpty() ? "no recordings" : "only others, such as " + files.get(0));
    }
    return Corpus.of(name, root, clips.utterances(), clips.skipped());
  }

  private Optional<String> reasonToExclude(ClipName clip) {
    return exclusions.stream().filter(e -> e.clips().test(clip)).map(Exclusion::reason).findFirst();
  }
}
