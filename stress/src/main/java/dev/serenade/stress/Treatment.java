package dev.serenade.stress;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.effect.EffectChain;
import dev.serenade.corpus.Utterance;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** What is done to a clip before the model hears it. */
@FunctionalInterface
interface Treatment {

  /** Nothing. */
  Treatment NONE = (sound, clip, seed) -> sound;

  /**
   * Returns the clip as it is to be heard.
   *
   * @param sound the clip's
   * @param seed of all that is left to chance: same clip, same seed, same outcome
   * @throws IOException if it needs another recording that cannot be read
   */
  Waveform apply(Waveform sound, Utterance clip, long seed) throws IOException;

  /** Effects, such as {@code tone:40}; of several one is drawn for each clip. */
  static Treatment oneOf(String... effects) {
    List<EffectChain> chains = List.of(effects).stream().map(EffectChain::parse).toList();
    return (sound, clip, seed) -> {
      // Unlike Random, it draws differently from seeds that are near each other.
      SplittableRandom random = new SplittableRandom(seed);
      return chains.get(random.nextInt(chains.size())).apply(sound, random.nextLong());
    };
  }
}
