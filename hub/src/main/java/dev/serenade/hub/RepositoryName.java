package dev.serenade.hub;

import java.util.regex.Pattern;

/**
 * The name of a model on a hub, such as {@code openai/whisper-small}.
 *
 * @param owner who it belongs to
 * @param name what it is called among the owner's
 */
public record RepositoryName(String owner, String name) {

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}");

  /** Whose models may be named without their owner. */
  private static final String DEFAULT_OWNER = "openai";

  /** Checks both parts. */
  public RepositoryName {
    if (!isPart(owner) || !isPart(name)) {
      throw new IllegalArgumentException(
          "expected a model's name such as openai/whisper-small, found %s/%s"
              .formatted(owner, name));
    }
  }

  /**
   * Reads a name; without an owner it is one of OpenAI's.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static RepositoryName parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new RepositoryName(DEFAULT_OWNER, text)
        : new RepositoryName(text.substring(0, slash), text.substring(slash + 1));
  }

  private static boolean isPart(String text) {
    return PART.matcher(text).matches() && !text.contains("..") && !text.endsWith(".");
  }

  /**
   * Returns the folder it is kept in, relative to where models are: OpenAI's by their name alone.
   */
  public String folder() {
    return owner.equals(DEFAULT_OWNER) ? name : owner + "/" + name;
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
