package dev.serenade.cli.corpus;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.LabelsFile;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.emobox.EmoBoxManifest;
import dev.serenade.corpus.reader.CorpusLayoutException;
import dev.serenade.corpus.reader.CorpusReader;
import dev.serenade.corpus.reader.CorpusReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which clips, and what their labels mean. */
public final class CorpusOptions {

  /**
   * What was asked for.
   *
   * @param corpus all clips; those of several manifests together
   * @param parts the corpora it was put together from, one or more
   */
  public record Source(Corpus corpus, List<Corpus> parts) {

    /** What the names of {@link #manifests} begin with. */
    public static final String MANIFEST_PREFIX = "manifest.";

    /** Copies the parts. */
    public Source {
      parts = List.copyOf(parts);
    }

    /** Returns the hashes of the manifests, for provenance, each by the name of its corpus. */
    public Map<String, String> manifests() {
      Map<String, String> manifests = new LinkedHashMap<>();
      parts.forEach(part -> manifests.put(MANIFEST_PREFIX + part.name(), part.manifestSha256()));
      return manifests;
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "The clips: a CSV file with the columns path, speaker, emotion and, if need be, start, end,"
              + " channel, session, split; or a .jsonl list of EmoBox. Several are pooled.")
  private List<Path> manifests = List.of();

  @Option(
      names = "--corpus",
      paramLabel = "NAME",
      description =
          "Instead, a published corpus as it is on disk, such as ravdess or emodb; with --root.")
  private Optional<String> corpus = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder of --corpus, or of the recordings in EmoBox's lists.")
  private Optional<Path> root = Optional.empty();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "YAML that renames labels or drops them: \"calm: neutral\", \"other: drop\".")
  private Optional<Path> labels = Optional.empty();

  @Option(
      names = "--emotions",
      paramLabel = "NAME",
      split = ",",
      description = "Use only clips of these emotions (default: all).")
  private List<String> emotions = List.of();

  /** Reads the corpus, and says what is in it and what was left out. */
  public Source read(Terminal terminal) throws CannotRunException {
    Source source = source();
    ClipLines.describe(source.corpus(), terminal);
    return source;
  }

  /** Reads the corpus, and says nothing of it. */
  public Source source() throws CannotRunException {
    if (manifests.isEmpty() == corpus.isEmpty()) {
      throw usage(
          "expected either --manifest or --corpus, found "
              + (corpus.isEmpty() ? "neither" : "both"));
    }
    if (corpus.isPresent() && root.isEmpty()) {
      throw usage("--corpus needs --root");
    }
    EmotionLabels table = labels();
    try {
      List<Corpus> parts = new ArrayList<>();
      if (corpus.isPresent()) {
        parts.add(chosen(reader(corpus.get()).read(root.orElseThrow(), table)));
      }
      for (Path manifest : manifests) {
        if (Files.isDirectory(manifest)) {
          throw usage("--manifest: expected a file, found the folder " + manifest);
        }
        parts.add(chosen(manifest(manifest, table)));
      }
      return new Source(joined(parts), parts);
    } catch (NoSuchFileException e) {
      throw new CannotRunException("no file " + e.getFile(), e);
    } catch (IOException | ManifestFormatException | CorpusLayoutException e) {
      throw new CannotRunException(e);
    }
  }

  /** Reads the table of labels: the standard one, with the user's changes. */
  public EmotionLabels labels() throws CannotRunException {
    if (labels.isEmpty()) {
      return EmotionLabels.standard();
    }
    try {
      return EmotionLabels.standard().with(LabelsFile.read(labels.get()));
    } catch (NoSuchFileException e) {
      throw new CannotRunException("no file " + e.getFile(), e);
    } catch (IOException | ManifestFormatException e) {
      throw new CannotRunException(e);
    }
  }

  private CorpusReader reader(String name) {
    try {
      return CorpusReaders.named(name);
    } catch (IllegalArgumentException e) {
      throw usage("--corpus: " + e.getMessage());
    }
  }

  /** EmoBox's lists name recordings relative to {@code --root}, or to their own folder. */
  private Corpus manifest(Path file, EmotionLabels table)
      throws IOException, ManifestFormatException {
    return EmoBoxManifest.isNamedLikeOne(file)
        ? EmoBoxManifest.read(file, root.orElse(file.resolveSibling("").toAbsolutePath()), table)
        : Manifest.read(file, table);
  }

  private Corpus joined(List<Corpus> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    try {
      return Corpus.pooled(
          parts.stream().map(Corpus::name).collect(Collectors.joining("+")), parts);
    } catch (IllegalArgumentException e) {
      throw usage("--manifest: " + e.getMessage());
    }
  }

  private Corpus chosen(Corpus whole) throws CannotRunException {
    if (emotions.isEmpty()) {
      return whole;
    }
    Set<Emotion> wanted = wantedEmotions();
    Corpus part = whole.restrictedTo(wanted);
    if (part.utterances().isEmpty()) {
      throw new CannotRunException(
          "%s: no clip of %s; its emotions are %s"
              .formatted(whole.name(), ClipLines.names(wanted), ClipLines.names(whole.emotions())));
    }
    return part;
  }

  private Set<Emotion> wantedEmotions() {
    try {
      return emotions.stream().map(Emotion::of).collect(Collectors.toCollection(TreeSet::new));
    } catch (IllegalArgumentException e) {
      throw usage("--emotions: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
