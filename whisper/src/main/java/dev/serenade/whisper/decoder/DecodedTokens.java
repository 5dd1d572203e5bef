package dev.serenade.whisper.decoder;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.List;
import java.util.Optional;

/**
 * What was said in one window of sound, in tokens.
 *
 * @param language its code, told or detected; empty if the model knows English alone
 * @param tokens K tokens of text, without the prompt and the end
 * @param hiddenStates shape (K + 1, D) if the text came to its end, (K, D) if it was cut at the
 *     greatest length: row k is the state that token k was picked from, the last that of the end
 * @param complete whether the text came to its end
 */
public record DecodedTokens(
    Optional<String> language, List<Integer> tokens, FloatTensor hiddenStates, boolean complete) {

  /** Copies the list. */
  public DecodedTokens {
    tokens = List.copyOf(tokens);
  }
}
