package dev.serenade.recognition.text;

import dev.serenade.recognition.head.HeadSpec;
import java.util.Optional;

/**
 * What a model file says of the part of its model that goes by what is said. The decoder is not in
 * the file: it is found by its name.
 *
 * @param decoder the name of the whole Whisper whose decoder's states the head reads
 * @param sha256 of that Whisper, see {@link TokenStates#sha256}, in hexadecimal
 * @param language that the decoder is told; empty if it finds out, or knows one alone
 * @param head the shape of the head, which reads the decoder's last block
 * @param temperature what its logits are divided by before the softmax; positive
 * @param audioWeight how much the sound weighs against the words, in [0, 1], see {@link
 *     LogarithmicPool}
 */
public record TextDescription(
    String decoder,
    String sha256,
    Optional<String> language,
    HeadSpec head,
    double temperature,
    double audioWeight) {

  /** Checks the ranges. */
  public TextDescription {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "text: expected a positive temperature, found " + temperature);
    }
    if (!head.fusion().isIdentity()) {
      throw new IllegalArgumentException(
          "text: expected a head that reads one layer, found " + head.fusion().text());
    }
    new LogarithmicPool(audioWeight);
  }

  /** Returns whether the words can change any score: whether the sound weighs less than 1. */
  public boolean counts() {
    return audioWeight < 1;
  }

  /** Returns how scores of sound and words are put together. */
  public LogarithmicPool fusion() {
    return new LogarithmicPool(audioWeight);
  }
}
