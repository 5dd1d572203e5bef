package dev.serenade.corpus;

import dev.serenade.corpus.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Labelled clips that belong together, with a record of what was left out when they were read.
 *
 * @param name of one word where possible, such as {@code emodb}
 * @param root the folder that the clips' identifiers are relative to; made absolute
 * @param utterances in the order of the manifest
 * @param manifestSha256 SHA-256, in hexadecimal, of the manifest it was read from; of the clips'
 *     own list (see {@link #of}) if it was read from folders
 * @param skipped what was left out
 */
public record Corpus(
    String name,
    Path root,
    List<Utterance> utterances,
    String manifestSha256,
    List<SkippedClip> skipped) {

  /** The extra column that says which corpus a clip of a pooled corpus is from. */
  public static final String CORPUS_COLUMN = "corpus";

  public Corpus {
    root = root.toAbsolutePath().normalize();
    utterances = List.copyOf(utterances);
    skipped = List.copyOf(skipped);
  }

  /**
   * Returns a corpus that no manifest describes. In place of the manifest's hash it has that of the
   * lines {@code id,speaker,emotion} of its clips, each ended by a line feed.
   */
  public static Corpus of(
      String name, Path root, List<Utterance> utterances, List<SkippedClip> skipped) {
    String listing =
        utterances.stream()
            .map(u -> u.id() + "," + u.speaker() + "," + u.emotion() + "\n")
            .collect(Collectors.joining());
    return new Corpus(
        name, root, utterances, Sha256.of(listing.getBytes(StandardCharsets.UTF_8)), skipped);
  }

  /**
   * Returns the clips of several corpora as one. Speakers and identifiers become {@code
   * corpus/speaker} and {@code corpus/id}, so that {@code 03} of one corpus is not {@code 03} of
   * another, and the extra column {@value #CORPUS_COLUMN} names the corpus.
   *
   * @throws IllegalArgumentException if there is no corpus or two have the same name
   */
  public static Corpus pooled(String name, List<Corpus> corpora) {
    if (corpora.isEmpty()) {
      throw new IllegalArgumentException("corpora to pool expected, found none");
    }
    Set<String> names = new HashSet<>();
    List<Utterance> utterances = new ArrayList<>();
    List<SkippedClip> skipped = new ArrayList<>();
    StringBuilder manifests = new StringBuilder();
    Path root = corpora.get(0).root();
    for (Corpus corpus : corpora) {
      if (!names.add(corpus.name())) {
        throw new IllegalArgumentException(
            "corpora to pool must have different names, found two named " + corpus.name());
      }
      String prefix = corpus.name() + "/";
      corpus.utterances().forEach(u -> utterances.add(u.pooledFrom(corpus.name())));
      corpus.skipped().stream()
          .map(s -> new SkippedClip(prefix + s.path(), s.cause(), s.reason()))
          .forEach(skipped::add);
      manifests.append(corpus.name()).append(' ').append(corpus.manifestSha256()).append('\n');
      root = commonFolder(root, corpus.root());
    }
    String hash = Sha256.of(manifests.toString().getBytes(StandardCharsets.UTF_8));
    return new Corpus(name, root, utterances, hash, skipped);
  }

  /** Returns this corpus under another name. */
  public Corpus named(String other) {
    return new Corpus(other, root, utterances, manifestSha256, skipped);
  }

  /** Returns this corpus with only the clips of these classes. */
  public Corpus restrictedTo(Set<Emotion> emotions) {
    return filtered(u -> emotions.contains(u.emotion()));
  }

  /** Returns this corpus with only the clips that pass; what is left out is not listed. */
  public Corpus filtered(Predicate<Utterance> keep) {
    return new Corpus(
        name, root, utterances.stream().filter(keep).toList(), manifestSha256, skipped);
  }

  /** Returns this corpus with its labels folded again, such as {@code calm} to {@code neutral}. */
  public Corpus relabelled(EmotionLabels labels) {
    List<Utterance> kept = new ArrayList<>();
    List<SkippedClip> left = new ArrayList<>(skipped);
    for (Utterance utterance : utterances) {
      labels
          .canonical(utterance.emotion().name())
          .ifPresentOrElse(
              emotion -> kept.add(utterance.withEmotion(emotion)),
              () ->
                  left.add(
                      new SkippedClip(
                          utterance.id(),
                          SkippedClip.Cause.EXCLUDED,
                          "class %s is dropped".formatted(utterance.emotion()))));
    }
    return new Corpus(name, root, kept, manifestSha256, left);
  }

  /** Returns the speakers, by name. */
  public Set<String> speakers() {
    return distinct(Utterance::speaker);
  }

  /** Returns the classes, by name. */
  public Set<Emotion> emotions() {
    return distinct(Utterance::emotion);
  }

  /** Returns how many clips each class has, by the class's name. */
  public Map<Emotion, Long> emotionCounts() {
    return utterances.stream()
        .collect(Collectors.groupingBy(Utterance::emotion, TreeMap::new, Collectors.counting()));
  }

  private <T extends Comparable<T>> Set<T> distinct(Function<Utterance, T> property) {
    return utterances.stream().map(property).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path commonFolder(Path one, Path other) {
    for (Path folder = one; ; ) {
      Path parent = folder.getParent();
      if (other.startsWith(folder) || parent == null) {
        return folder;
      }
      folder = parent;
    }
  }
}
