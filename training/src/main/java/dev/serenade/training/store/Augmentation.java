package dev.serenade.training.store;

import dev.serenade.audio.effect.EffectChain;
import dev.serenade.whisper.tensor.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which copies of clips there are besides the clips: for each chain of effects one of every clip,
 * whose sound went through it before the encoder heard it.
 *
 * <p>A copy has its clip's label and speaker, and is for training only. What chance has a part in,
 * such as noise, is drawn from the clip's content, the effects and the seed, so that equal clips
 * have equal copies; what leaves nothing to chance is the same for every seed.
 *
 * @param effects all different; may be empty
 * @param seed of all that is left to chance
 */
public record Augmentation(List<EffectChain> effects, long seed) {

  /** No copies. */
  public static final Augmentation NONE = new Augmentation(List.of(), 0);

  private static final int SEED_DIGITS = Long.BYTES * 2;
  private static final int HEXADECIMAL = 16;

  /** Copies the list and checks that no two copies would be the same. */
  public Augmentation {
    effects = List.copyOf(effects);
    Set<EffectChain> seen = new HashSet<>();
    for (EffectChain chain : effects) {
      if (!seen.add(chain)) {
        throw new IllegalArgumentException(
            "expected effects that differ, found %s twice".formatted(chain));
      }
    }
  }

  /**
   * Returns what a copy is known by in the store.
   *
   * @param clip what the clip is known by
   */
  String copyOf(String clip, EffectChain chain) {
    String made =
        "%s %s v%d%s"
            .formatted(clip, chain, EffectChain.VERSION, chain.isRandom() ? " seed " + seed : "");
    return Sha256.of(made.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the seed of a copy.
   *
   * @param copy what it is known by
   */
  static long seedOf(String copy) {
    return Long.parseUnsignedLong(copy.substring(0, SEED_DIGITS), HEXADECIMAL);
  }

  /** Returns the effects as text, for provenance: {@code none}, or separated by commas. */
  @Override
  public String toString() {
    return effects.isEmpty()
        ? "none"
        : effects.stream().map(EffectChain::toString).collect(Collectors.joining(", "));
  }
}
