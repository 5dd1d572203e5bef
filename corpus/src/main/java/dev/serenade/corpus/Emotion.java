package dev.serenade.corpus;

import java.util.Locale;

/**
 * A category of emotion, known by its canonical name.
 *
 * <p>The set is open: corpora bring classes of their own. The constants are the names under which
 * the corpora known to this project meet; {@link EmotionLabels} folds a corpus's own spelling to
 * them. Ordered by name.
 *
 * @param name lower case, such as {@code angry}
 */
public record Emotion(String name) implements Comparable<Emotion> {

  public static final Emotion ANGRY = new Emotion("angry");
  public static final Emotion BORED = new Emotion("bored");
  public static final Emotion CALM = new Emotion("calm");
  public static final Emotion CONTEMPT = new Emotion("contempt");
  public static final Emotion DISGUSTED = new Emotion("disgusted");
  public static final Emotion EXCITED = new Emotion("excited");
  public static final Emotion FEARFUL = new Emotion("fearful");
  public static final Emotion FRUSTRATED = new Emotion("frustrated");
  public static final Emotion HAPPY = new Emotion("happy");
  public static final Emotion NEUTRAL = new Emotion("neutral");
  public static final Emotion SAD = new Emotion("sad");
  public static final Emotion SURPRISED = new Emotion("surprised");

  public Emotion {
    if (name.isBlank() || !name.equals(normalised(name))) {
      throw new IllegalArgumentException(
          "an emotion's name must be lower case without spaces around it, found \"%s\""
              .formatted(name));
    }
  }

  /** Returns the emotion of this name, which is trimmed and lower-cased but not translated. */
  public static Emotion of(String name) {
    return new Emotion(normalised(name));
  }

  static String normalised(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(Emotion other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
