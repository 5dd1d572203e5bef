package dev.serenade.cli.recognizer;

import dev.serenade.cli.console.WordConverter;
import dev.serenade.recognition.PrecisionChoice;
import dev.serenade.recognition.Speed;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How much accuracy may be given for speed. */
public final class SpeedOptions {

  /** The speeds that have names. */
  enum NamedSpeed {
    ACCURATE,
    BALANCED,
    FAST;

    Speed speed() {
      return switch (this) {
        case ACCURATE -> Speed.ACCURATE;
        case BALANCED -> Speed.BALANCED;
        case FAST -> Speed.FAST;
      };
    }
  }

  static final class SpeedWords extends WordConverter<NamedSpeed> {
    SpeedWords() {
      super(NamedSpeed.class);
    }
  }

  static final class PrecisionWords extends WordConverter<PrecisionChoice> {
    PrecisionWords() {
      super(PrecisionChoice.class);
    }
  }

  @Option(
      names = "--speed",
      paramLabel = "WORD",
      converter = SpeedWords.class,
      description =
          "accurate: the model as it was trained; balanced: --precision auto; fast: besides, half as"
              + " many frames from the third block on (default: accurate).")
  private NamedSpeed speed = NamedSpeed.ACCURATE;

  @Option(
      names = "--precision",
      paramLabel = "WORD",
      converter = PrecisionWords.class,
      description =
          "fp32: floats of 32 bits; int8: integers of 8 bits in the encoder; fp16: floats of 16 bits,"
              + " for --device cuda; auto: whichever is faster, found out once on this machine and"
              + " remembered (default: fp32, with --speed balanced and fast auto).")
  private Optional<PrecisionChoice> precision = Optional.empty();

  /** Returns what was asked for. */
  public Speed speed() {
    return precision.map(speed.speed()::withPrecision).orElseGet(speed::speed);
  }
}
