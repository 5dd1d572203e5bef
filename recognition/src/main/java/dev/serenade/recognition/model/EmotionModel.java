package dev.serenade.recognition.model;

import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.text.TextPart;
import dev.serenade.whisper.EncoderWeights;
import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * A trained model: what is said of it, its head, the weights of its encoder, and the part that goes
 * by what is said, if it has one.
 *
 * <p>Closing it closes the encoder's weights; a recogniser that was built from it goes on working.
 */
public final class EmotionModel implements Closeable {

  private final ModelDescription description;
  private final Head head;
  private final EncoderWeights encoder;
  private final Optional<TextPart> text;

  /**
   * Puts a model together that goes by the sound alone.
   *
   * @throws IllegalArgumentException if the parts do not fit the description
   */
  public EmotionModel(ModelDescription description, Head head, EncoderWeights encoder) {
    this(description, head, encoder, Optional.empty());
  }

  /**
   * Puts a model together.
   *
   * @throws IllegalArgumentException if the parts do not fit the description
   */
  public EmotionModel(
      ModelDescription description, Head head, EncoderWeights encoder, Optional<TextPart> text) {
    if (!head.spec().equals(description.head())) {
      throw new IllegalArgumentException(
          "the description says head %s, found %s".formatted(description.head(), head.spec()));
    }
    if (!encoder.config().equals(description.encoder().config())) {
      throw new IllegalArgumentException(
          "the description says encoder %s, found %s"
              .formatted(description.encoder().config(), encoder.config()));
    }
    if (!description.text().equals(text.map(TextPart::description))) {
      throw new IllegalArgumentException(
          "the description says text %s, found %s"
              .formatted(description.text(), text.map(TextPart::description)));
    }
    this.description = description;
    this.head = Objects.requireNonNull(head);
    this.encoder = Objects.requireNonNull(encoder);
    this.text = text;
  }

  /** Returns what is said of the model. */
  public ModelDescription description() {
    return description;
  }

  /** Returns the head. */
  public Head head() {
    return head;
  }

  /** Returns the weights of the encoder. */
  public EncoderWeights encoder() {
    return encoder;
  }

  /** Returns the part that goes by what is said; empty if the model goes by the sound alone. */
  public Optional<TextPart> text() {
    return text;
  }

  @Override
  public void close() throws IOException {
    encoder.close();
  }
}
