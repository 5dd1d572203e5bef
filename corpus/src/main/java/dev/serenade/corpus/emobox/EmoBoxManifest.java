package dev.serenade.corpus.emobox;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.UtteranceBuilder;
import dev.serenade.corpus.internal.AudioFiles;
import dev.serenade.corpus.internal.ClipCollector;
import dev.serenade.corpus.internal.Sha256;
import dev.serenade.corpus.reader.ClipName;
import dev.serenade.corpus.reader.CorpusReader;
import dev.serenade.corpus.reader.CorpusReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one of EmoBox's lists (JSON, one object a line) as a corpus.
 *
 * <p>The lists do not name speakers. They are taken from a field {@code speaker} if somebody added
 * one, else from the clip's path by the naming rule of its corpus. Labels are the field {@code
 * emo}, folded as anywhere ({@code boredem} is {@code bored}); EmoBox's own label maps are not
 * used, for that of EMO-DB lacks {@code neutral}.
 */
public final class EmoBoxManifest {

  private static final String SPEAKER = "speaker";
  private static final String CHANNEL = "channel";
  private static final Set<String> CONSUMED = Set.of("wav", "emo", SPEAKER, CHANNEL);

  private final Path file;
  private final EmotionLabels labels;
  private final AudioFolder audio;
  private final ClipCollector clips = new ClipCollector();

  private EmoBoxManifest(Path file, AudioFolder audio, EmotionLabels labels) {
    this.file = file;
    this.audio = audio;
    this.labels = labels;
  }

  /** Returns whether a manifest is of this kind, by its name. */
  public static boolean isNamedLikeOne(Path manifest) {
    return AudioFiles.name(manifest).endsWith(".jsonl");
  }

  /**
   * Reads a list.
   *
   * @param manifest the list
   * @param audioRoot the folder of the recordings, in any layout that keeps their names
   * @throws ManifestFormatException if no line of it can be used
   */
  public static Corpus read(Path manifest, Path audioRoot, EmotionLabels labels)
      throws IOException, ManifestFormatException {
    return new EmoBoxManifest(manifest, AudioFolder.index(audioRoot), labels).read(audioRoot);
  }

  private Corpus read(Path audioRoot) throws IOException, ManifestFormatException {
    List<EmoBoxEntry> entries =
        EmoBoxEntry.readAll(file, s -> clips.skip(s.path(), s.cause(), s.reason()));
    entries.forEach(this::add);
    return new Corpus(
        entries.get(0).dataset(),
        audioRoot,
        clips.utterances(),
        Sha256.of(Files.readAllBytes(file)),
        clips.skipped());
  }

  private void add(EmoBoxEntry entry) {
    String place = "line " + entry.line();
    Optional<CorpusReader> corpus = CorpusReaders.find(entry.dataset());
    Optional<ClipName> name = named(entry, corpus);
    if (name.isEmpty()) {
      String reason = "%s: no field speaker, and the path does not tell it".formatted(place);
      clips.skip(entry.wav(), Cause.MALFORMED, reason);
      return;
    }
    EmotionLabels known = corpus.map(c -> labels.withCodes(c.codes())).orElse(labels);
    Optional<Emotion> emotion = known.canonical(entry.label());
    if (emotion.isEmpty()) {
      clips.skip(entry.wav(), Cause.EXCLUDED, "class %s is dropped".formatted(entry.label()));
      return;
    }
    UtteranceBuilder clip =
        name.get().toUtterance(entry.wav(), audio.locate(entry.wav()), emotion.get());
    entry
        .fields()
        .forEach(
            (field, value) -> {
              if (!CONSUMED.contains(field)) {
                clip.extra(field, value);
              }
            });
    try {
      Optional.ofNullable(entry.fields().get(CHANNEL))
          .map(Integer::valueOf)
          .ifPresent(clip::channel);
      clips.add(clip.build(), place);
    } catch (IllegalArgumentException e) {
      clips.skip(
          entry.wav(), Cause.MALFORMED, "%s: field channel: %s".formatted(place, e.getMessage()));
    }
  }

  private static Optional<ClipName> named(EmoBoxEntry entry, Optional<CorpusReader> corpus) {
    Optional<ClipName> parsed = corpus.flatMap(c -> c.parse(entry.wav()));
    Optional<String> speaker = Optional.ofNullable(entry.fields().get(SPEAKER));
    return speaker.isEmpty()
        ? parsed
        : Optional.of(
            parsed
                .orElse(new ClipName(entry.clip(), Map.of()))
                .with(ClipName.SPEAKER, speaker.get()));
  }
}
