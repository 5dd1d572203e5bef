package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Effects one after the other, as a value.
 *
 * <p>Written with {@code +} between them, such as {@code room+noise:15}; {@link #toString} gives
 * the one spelling of equal chains.
 *
 * @param effects the first to happen first; at least one
 */
public record EffectChain(List<Effect> effects) {

  /** Raised when an effect changes what it makes of a waveform, for whoever keeps the outcome. */
  public static final int VERSION = 1;

  /** Copies the list. */
  public EffectChain {
    effects = List.copyOf(effects);
    if (effects.isEmpty()) {
      throw new IllegalArgumentException("a chain needs at least 1 effect, found none");
    }
  }

  /**
   * Reads a chain.
   *
   * @throws IllegalArgumentException as {@link Effect#parse} does
   */
  public static EffectChain parse(String text) {
    // A plus before a number is its sign.
    return new EffectChain(
        Arrays.stream(text.split("\\+(?![\\d.])", -1)).map(Effect::parse).toList());
  }

  /**
   * Returns what these effects make of a recording.
   *
   * @param sound at least one sample
   * @param seed of all that is left to chance: same seed, same outcome
   */
  public Waveform apply(Waveform sound, long seed) {
    Random random = new Random(seed);
    Waveform result = sound;
    for (Effect effect : effects) {
      result = effect.apply(result, random);
    }
    return result;
  }

  /** Returns whether the outcome depends on the seed. */
  public boolean isRandom() {
    return effects.stream().anyMatch(Effect::isRandom);
  }

  @Override
  public String toString() {
    return effects.stream().map(Effect::toString).collect(Collectors.joining("+"));
  }
}
