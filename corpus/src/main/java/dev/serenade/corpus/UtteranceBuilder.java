package dev.serenade.corpus;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Gathers what is known of a clip; see {@link Utterance} for what each property means. */
public final class UtteranceBuilder {

  private final Path path;
  private String id;
  private String speaker;
  private Emotion emotion;
  private Optional<String> session = Optional.empty();
  private Optional<Split> split = Optional.empty();
  private Optional<String> sex = Optional.empty();
  private Optional<String> language = Optional.empty();
  private Optional<String> text = Optional.empty();
  private OptionalDouble startSeconds = OptionalDouble.empty();
  private OptionalDouble endSeconds = OptionalDouble.empty();
  private OptionalInt channel = OptionalInt.empty();
  private final Map<String, String> extras = new TreeMap<>();

  UtteranceBuilder(String id, Path path, String speaker, Emotion emotion) {
    this.id = id;
    this.path = path;
    this.speaker = speaker;
    this.emotion = emotion;
  }

  UtteranceBuilder id(String id) {
    this.id = id;
    return this;
  }

  UtteranceBuilder speaker(String speaker) {
    this.speaker = speaker;
    return this;
  }

  public UtteranceBuilder emotion(Emotion emotion) {
    this.emotion = emotion;
    return this;
  }

  public UtteranceBuilder session(String session) {
    this.session = Optional.of(session);
    return this;
  }

  public UtteranceBuilder split(Split split) {
    this.split = Optional.of(split);
    return this;
  }

  /** Takes the sex; {@code f} and {@code m} are spelled out. */
  public UtteranceBuilder sex(String sex) {
    String normalised = Emotion.normalised(sex);
    this.sex =
        Optional.of(
            switch (normalised) {
              case "f", "w" -> "female";
              case "m" -> "male";
              default -> normalised;
            });
    return this;
  }

  public UtteranceBuilder language(String language) {
    this.language = Optional.of(language);
    return this;
  }

  public UtteranceBuilder text(String text) {
    this.text = Optional.of(text);
    return this;
  }

  public UtteranceBuilder startSeconds(double startSeconds) {
    this.startSeconds = OptionalDouble.of(startSeconds);
    return this;
  }

  public UtteranceBuilder endSeconds(double endSeconds) {
    this.endSeconds = OptionalDouble.of(endSeconds);
    return this;
  }

  public UtteranceBuilder channel(int channel) {
    this.channel = OptionalInt.of(channel);
    return this;
  }

  /** Adds a further column, or replaces the one of that name. */
  public UtteranceBuilder extra(String column, String value) {
    extras.put(column, value);
    return this;
  }

  /**
   * Returns the clip.
   *
   * @throws IllegalArgumentException if the times or the channel make no sense
   */
  public Utterance build() {
    return new Utterance(
        id,
        path,
        speaker,
        emotion,
        session,
        split,
        sex,
        language,
        text,
        startSeconds,
        endSeconds,
        channel,
        extras);
  }
}
