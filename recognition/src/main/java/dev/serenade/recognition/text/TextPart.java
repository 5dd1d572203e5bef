package dev.serenade.recognition.text;

import dev.serenade.recognition.head.Head;

/**
 * The part of a model that goes by what is said.
 *
 * @param description what is said of it
 * @param head its head
 * @param states of the decoder that the head reads
 */
public record TextPart(TextDescription description, Head head, TokenStates states) {

  /**
   * Checks that head and states are those that the description speaks of.
   *
   * @throws IllegalArgumentException if not
   */
  public TextPart {
    if (!head.spec().equals(description.head())) {
      throw new IllegalArgumentException(
          "text: the description says head %s, found %s"
              .formatted(description.head(), head.spec()));
    }
    if (!states.sha256().equals(description.sha256())
        || !states.language().equals(description.language())) {
      throw new IllegalArgumentException(
          "text: the description says decoder %s, language %s, found %s, %s"
              .formatted(
                  description.sha256(),
                  description.language(),
                  states.sha256(),
                  states.language()));
    }
    if (head.spec().inputWidth() != states.width()
        || head.spec().fusion().highest() != states.layer()) {
      throw new IllegalArgumentException(
          "text: the head reads layer %d of width %d, but the decoder's last is %d, of width %d"
              .formatted(
                  head.spec().fusion().highest(),
                  head.spec().inputWidth(),
                  states.layer(),
                  states.width()));
    }
  }
}
