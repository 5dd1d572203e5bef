package dev.serenade.cli.train;

import dev.serenade.audio.effect.EffectChain;
import dev.serenade.training.store.Augmentation;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which copies of clips there are besides the clips. */
final class AugmentOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--augment",
      paramLabel = "EFFECTS",
      description =
          "Train also on a copy of every clip that went through effects, such as speed:0.9, rate:1.1,"
              + " tilt:-0.8, pitch:-2, gain:-6, babble:15, telephone, or several in turn,"
              + " room:0.6+noise:15 (noise by its SNR in dB). Repeatable: a copy each. Copies are never tested on.")
  private List<String> effects = List.of();

  /**
   * Returns what was asked for.
   *
   * @param seed of what is left to chance
   */
  Augmentation augmentation(long seed) {
    try {
      return new Augmentation(effects.stream().map(EffectChain::parse).toList(), seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--augment: " + e.getMessage(), e);
    }
  }
}
