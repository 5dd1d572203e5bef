package dev.serenade.corpus;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One clip: a recording or a part of one, who speaks, and which emotion it is labelled with.
 *
 * @param id the path as the manifest writes it; clips that are parts of one recording share it, see
 *     {@link #name}
 * @param path of the recording; made absolute
 * @param speaker whose voice it is, unique within the corpus
 * @param emotion the label
 * @param session of the recording, such as IEMOCAP's five
 * @param split the part of an experiment that the corpus assigns the clip to
 * @param sex of the speaker: {@code female}, {@code male}, or what the corpus says
 * @param language a tag such as {@code de}
 * @param text what is said
 * @param startSeconds where the clip starts in the recording; else at its start
 * @param endSeconds where the clip ends in the recording; else at its end
 * @param channel the channel to hear, from 1; else all of them, averaged
 * @param extras further columns of the manifest, as they are, by name
 */
public record Utterance(
    String id,
    Path path,
    String speaker,
    Emotion emotion,
    Optional<String> session,
    Optional<Split> split,
    Optional<String> sex,
    Optional<String> language,
    Optional<String> text,
    OptionalDouble startSeconds,
    OptionalDouble endSeconds,
    OptionalInt channel,
    Map<String, String> extras) {

  public Utterance {
    path = path.toAbsolutePath().normalize();
    if (speaker.isBlank()) {
      throw new IllegalArgumentException(id + ": a speaker's name expected, found none");
    }
    double start = startSeconds.orElse(0);
    double end = endSeconds.orElse(Double.POSITIVE_INFINITY);
    if (!(start >= 0 && start < end)) {
      throw new IllegalArgumentException(
          "%s: 0 <= start < end expected, found start %s s, end %s s".formatted(id, start, end));
    }
    if (channel.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "%s: channels count from 1, found %d".formatted(id, channel.getAsInt()));
    }
    SortedMap<String, String> sorted = new TreeMap<>(extras);
    extras = Collections.unmodifiableSortedMap(sorted);
  }

  /** Starts a clip that is a whole recording and has nothing optional. */
  public static UtteranceBuilder builder(String id, Path path, String speaker, Emotion emotion) {
    return new UtteranceBuilder(id, path, speaker, emotion);
  }

  /** Starts a clip that is this one until something is changed. */
  public UtteranceBuilder toBuilder() {
    UtteranceBuilder builder = new UtteranceBuilder(id, path, speaker, emotion);
    session.ifPresent(builder::session);
    split.ifPresent(builder::split);
    sex.ifPresent(builder::sex);
    language.ifPresent(builder::language);
    text.ifPresent(builder::text);
    startSeconds.ifPresent(builder::startSeconds);
    endSeconds.ifPresent(builder::endSeconds);
    channel.ifPresent(builder::channel);
    extras.forEach(builder::extra);
    return builder;
  }

  /** Returns this clip with another label. */
  public Utterance withEmotion(Emotion other) {
    return toBuilder().emotion(other).build();
  }

  /** Returns whether the clip is the whole recording. */
  public boolean isWholeRecording() {
    return startSeconds.isEmpty() && endSeconds.isEmpty();
  }

  /**
   * Returns what tells this clip from all others of its corpus: {@link #id}, and behind it which
   * part of the recording it is, as a fragment such as {@code #t=1.5,3.2} (W3C, Media Fragments URI
   * 1.0, section 4.2.1) and {@code &channel=2}.
   */
  public String name() {
    List<String> parts = new ArrayList<>();
    if (!isWholeRecording()) {
      String end = endSeconds.isPresent() ? "," + seconds(endSeconds.getAsDouble()) : "";
      parts.add("t=" + seconds(startSeconds.orElse(0)) + end);
    }
    channel.ifPresent(number -> parts.add("channel=" + number));
    return parts.isEmpty() ? id : id + "#" + String.join("&", parts);
  }

  private static String seconds(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  Utterance pooledFrom(String corpus) {
    String prefix = corpus + "/";
    return toBuilder()
        .id(prefix + id)
        .speaker(prefix + speaker)
        .extra(Corpus.CORPUS_COLUMN, corpus)
        .build();
  }
}
