package dev.serenade.cli.predict;

import dev.serenade.analysis.Doubt;
import dev.serenade.analysis.DoubtException;
import dev.serenade.analysis.DoubtWish;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.recognition.model.ModelDescription;
import java.util.Optional;
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
    try {
      wish().check();
    } catch (DoubtException e) {
      throw usage(message(e));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Returns what a model is to do, if it knows enough of itself. */
  Doubt doubt(ModelDescription model) throws CannotRunException {
    try {
      return wish().of(model);
    } catch (DoubtException e) {
      throw new CannotRunException(message(e), e);
    }
  }

  private DoubtWish wish() {
    return new DoubtWish(abstainBelow, targetError, coverage);
  }

  private static String message(DoubtException e) {
    String option =
        switch (e.part()) {
          case ABSTAIN_BELOW -> "--abstain-below";
          case TARGET_ERROR -> "--target-error";
          case SET -> "--set";
        };
    return option + ": " + e.getMessage();
  }
}
