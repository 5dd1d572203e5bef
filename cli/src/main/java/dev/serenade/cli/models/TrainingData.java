package dev.serenade.cli.models;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Utterance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who and what a model is trained on, in the words of its provenance. */
public final class TrainingData {

  /** Clips by emotion. */
  static final String EMOTIONS = "clipsByEmotion";

  /** How many speakers there are. */
  static final String SPEAKERS = "speakers";

  /** Speakers by sex, as far as the corpus says it. */
  static final String SEXES = "speakersBySex";

  /** Clips by language, as far as the corpus says it. */
  static final String LANGUAGES = "clipsByLanguage";

  private TrainingData() {}

  /** Returns what to write into the provenance of a model that is trained on a corpus. */
  public static Map<String, String> provenance(Corpus corpus) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(EMOTIONS, counts(clips(corpus, clip -> Optional.of(clip.emotion().name()))));
    facts.put(SPEAKERS, Integer.toString(corpus.speakers().size()));
    facts.put(SEXES, counts(speakersBySex(corpus)));
    facts.put(LANGUAGES, counts(clips(corpus, Utterance::language)));
    facts.values().removeIf(String::isEmpty);
    return facts;
  }

  private static Map<String, Long> clips(
      Corpus corpus, Function<Utterance, Optional<String>> property) {
    return corpus.utterances().stream()
        .map(property)
        .flatMap(Optional::stream)
        .collect(Collectors.groupingBy(value -> value, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> speakersBySex(Corpus corpus) {
    Map<String, String> sexes = new TreeMap<>();
    corpus
        .utterances()
        .forEach(clip -> clip.sex().ifPresent(sex -> sexes.put(clip.speaker(), sex)));
    return sexes.values().stream()
        .collect(Collectors.groupingBy(sex -> sex, TreeMap::new, Collectors.counting()));
  }

  private static String counts(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }
}
