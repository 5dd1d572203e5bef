package dev.serenade.cli.predict;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.recognition.confidence.HeldOutConfidence;
import dev.serenade.recognition.model.ModelDescription;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to say where a model is not sure. */
final class DoubtOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--abstain-below",
      paramLabel = "X",
      description = "Give no answer where the confidence is below X, from 0 to 1.")
  private Optional<Double> abstainBelow = Optional.empty();

  @Option(
      names = "--target-error",
      paramLabel = "X",
      description =
          "Give no answer where that is needed so that at most this share of answers is wrong, as"
              + " speakers showed that were held out when the model was trained.")
  private Optional<Double> targetError = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "X",
      description =
          "Also give a set of emotions that holds the right one in this share of recordings, such as"
              + " 0.9; the surer the model, the smaller.")
  private Optional<Double> coverage = Optional.empty();

  /** Refuses what makes no sense, before anything is loaded. */
  void check() {
    if (abstainBelow.isPresent() && targetError.isPresent()) {
      throw usage("expected either --abstain-below or --target-error");
    }
    requireShare("--abstain-below", abstainBelow, true);
    requireShare("--target-error", targetError, false);
    requireShare("--set", coverage, false);
  }

  private void requireShare(String option, Optional<Double> share, boolean withEnds) {
    share
        .filter(x -> !(withEnds ? x >= 0 && x <= 1 : x > 0 && x < 1))
        .ifPresent(
            x -> {
              throw usage(
                  withEnds
                      ? "%s: expected a number from 0 to 1, found %s".formatted(option, x)
                      : "%s: expected a number between 0 and 1, found %s".formatted(option, x));
            });
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Returns what a model is to do, if it knows enough of itself. */
  Doubt doubt(ModelDescription model) throws CannotRunException {
    return new Doubt(leastConfidence(model), leastProbability(model));
  }

  private double leastConfidence(ModelDescription model) throws CannotRunException {
    if (targetError.isEmpty()) {
      return abstainBelow.orElse(0.0);
    }
    HeldOutConfidence heldOut = heldOut("--target-error", model);
    OptionalDouble below = heldOut.abstainBelow(targetError.get());
    if (below.isEmpty()) {
      throw new CannotRunException(
          String.format(
              Locale.ROOT,
              "--target-error: the %d held-out clips of %d speakers do not show that so few answers"
                  + " would be wrong, however sure; the least that can be promised is %.3f",
              heldOut.clips(),
              heldOut.speakers(),
              // Rounded up: what is named here must be kept.
              Math.ceil(1000 * heldOut.lowestPromise()) / 1000));
    }
    return below.getAsDouble();
  }

  private Optional<Double> leastProbability(ModelDescription model) throws CannotRunException {
    if (coverage.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(heldOut("--set", model).leastProbability(coverage.get()));
  }

  private static HeldOutConfidence heldOut(String option, ModelDescription model)
      throws CannotRunException {
    return model
        .heldOut()
        .orElseThrow(
            () ->
                new CannotRunException(
                    "%s: the model file does not say what its confidence was worth on held-out speakers; train it anew with this version"
                        .formatted(option)));
  }
}
