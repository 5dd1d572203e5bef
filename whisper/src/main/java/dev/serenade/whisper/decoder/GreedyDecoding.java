package dev.serenade.whisper.decoder;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Writes down what is said, the likeliest token at each step, without timestamps.
 *
 * <p>The prompt is {@code <|startoftranscript|> <|language|> <|transcribe|> <|notimestamps|>}, of
 * models of English alone {@code <|startoftranscript|> <|notimestamps|>}. A language that is not
 * told is the likeliest after {@code <|startoftranscript|>}.
 *
 * <p>Radford et al., "Robust speech recognition via large-scale weak supervision", 2022,
 * arXiv:2212.04356; there are neither its beams nor its fallback to higher temperatures here.
 *
 * <p>Safe for use by many threads at once.
 */
public final class GreedyDecoding implements WindowDecoding {

  private final WhisperDecoder decoder;
  private final GenerationConfig rules;
  private final int longest;

  /**
   * Decodes by these rules.
   *
   * @throws IllegalArgumentException if they speak of tokens that the decoder does not have
   */
  public GreedyDecoding(WhisperDecoder decoder, GenerationConfig rules) {
    this.decoder = decoder;
    this.rules = rules;
    this.longest = Math.min(rules.longest(), decoder.config().positions());
    requireTokens(List.of(rules.start(), rules.end(), rules.noTimestamps()));
    requireTokens(rules.languages().values());
    rules.transcribe().ifPresent(token -> requireTokens(List.of(token)));
  }

  private void requireTokens(Collection<Integer> tokens) {
    int vocabulary = decoder.config().vocabulary();
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary) {
        throw new IllegalArgumentException(
            "expected tokens from 0 to %d in the generation config, found %d"
                .formatted(vocabulary - 1, token));
      }
    }
  }

  /** Returns the rules. */
  public GenerationConfig rules() {
    return rules;
  }

  @Override
  public int longestSamples() {
    return decoder.longestSamples();
  }

  @Override
  public DecodedTokens decode(Waveform window, Optional<String> language) {
    Prompted prompted = prompted(window, language);
    List<Integer> tokens = new ArrayList<>();
    List<float[]> states = new ArrayList<>();
    DecoderStep step = prompted.step();
    while (true) {
      states.add(lastRow(step.hiddenStates()));
      int token = likeliest(step.logits(), tokens.isEmpty());
      if (token == rules.end()) {
        return new DecodedTokens(prompted.language(), tokens, stacked(states), true);
      }
      tokens.add(token);
      // The cache holds the prompt and all tokens but the one just picked.
      if (step.tokens().count() + 1 >= longest) {
        return new DecodedTokens(prompted.language(), tokens, stacked(states), false);
      }
      step = decoder.step(prompted.sound(), step.tokens(), List.of(token));
    }
  }

  /**
   * Returns the state behind the prompt's last token, from which the first token would be picked:
   * the first row of what {@link #decode} gives.
   *
   * @return shape (1, D)
   * @throws IllegalArgumentException as {@link #decode} does
   */
  public FloatTensor promptState(Waveform window, Optional<String> language) {
    return stacked(List.of(lastRow(prompted(window, language).step().hiddenStates())));
  }

  /** The decoder after the prompt. */
  private record Prompted(HeardSound sound, DecoderStep step, Optional<String> language) {}

  private Prompted prompted(Waveform window, Optional<String> language) {
    language.ifPresent(rules::language);
    HeardSound sound = decoder.hear(window);
    SpokenTokens before = decoder.noTokens();
    Optional<String> spoken = language;
    List<Integer> prompt;
    if (rules.multilingual() && language.isEmpty()) {
      DecoderStep first = decoder.step(sound, before, List.of(rules.start()));
      spoken = Optional.of(likeliestLanguage(first.logits()));
      before = first.tokens();
      prompt = rules.prompt(spoken).subList(1, 4);
    } else {
      prompt = rules.prompt(language);
    }
    return new Prompted(sound, decoder.step(sound, before, prompt), spoken);
  }

  private String likeliestLanguage(FloatTensor logits) {
    int token = likeliest(logits, Set.copyOf(rules.languages().values())::contains);
    return rules.languages().entrySet().stream()
        .filter(entry -> entry.getValue() == token)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private int likeliest(FloatTensor logits, boolean first) {
    return likeliest(
        logits,
        token ->
            !rules.suppressed().contains(token)
                && !(first && rules.suppressedFirst().contains(token)));
  }

  /** The allowed token of the greatest logit of the last row; of equals, the first. */
  private int likeliest(FloatTensor logits, IntPredicate allowed) {
    int vocabulary = decoder.config().vocabulary();
    int row = logits.size() - vocabulary;
    int best =
        IntStream.range(0, vocabulary)
            .filter(allowed)
            .reduce((a, b) -> logits.get(row + b) > logits.get(row + a) ? b : a)
            .orElseThrow(
                () -> new IllegalStateException("the generation config suppresses every token"));
    if (!Float.isFinite(logits.get(row + best))) {
      throw new IllegalStateException("the decoder's scores are no numbers");
    }
    return best;
  }

  private static float[] lastRow(FloatTensor states) {
    int width = (int) states.shape()[1];
    float[] row = new float[width];
    states.values().get(states.size() - width, row);
    return row;
  }

  private static FloatTensor stacked(List<float[]> rows) {
    int width = rows.get(0).length;
    float[] all = new float[rows.size() * width];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, all, row * width, width);
    }
    return FloatTensor.of(all, rows.size(), width);
  }
}
