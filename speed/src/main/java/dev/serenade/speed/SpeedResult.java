package dev.serenade.speed;

import dev.serenade.whisper.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured.
 *
 * @param model the name of the model
 * @param encoder the name of its encoder
 * @param layer the last block that is computed
 * @param window what the encoder hears besides the clip
 * @param settings what was asked for
 * @param matrixGigaflops how fast the machine multiplies matrices of 32-bit floats at its best, for
 *     a few milliseconds
 * @param cases each stage on each kind of clip
 * @param trainingStep for the whole batch; empty if there is no training engine
 * @param peakResidentBytes the most that recognition held, on the largest of these clips
 * @param startupSeconds from the start of a process to its first result; empty if that was not
 *     measured
 */
public record SpeedResult(
    String model,
    String encoder,
    int layer,
    Window window,
    SpeedSettings settings,
    double matrixGigaflops,
    List<SpeedCase> cases,
    Optional<Timings> trainingStep,
    long peakResidentBytes,
    OptionalDouble startupSeconds) {

  /** Copies the list. */
  public SpeedResult {
    cases = List.copyOf(cases);
  }

  /** Returns this result with the time that a process takes to its first result. */
  public SpeedResult startingIn(OptionalDouble seconds) {
    return new SpeedResult(
        model,
        encoder,
        layer,
        window,
        settings,
        matrixGigaflops,
        cases,
        trainingStep,
        peakResidentBytes,
        seconds);
  }

  /** Returns the cases of one stage, in the order of the settings. */
  public List<SpeedCase> of(Stage stage) {
    return cases.stream().filter(one -> one.stage() == stage).toList();
  }

  /** Returns where the time goes on each kind of clip, in the order of the settings. */
  public List<StageShares> shares() {
    return of(Stage.TOTAL).stream()
        .map(one -> StageShares.of(cases, one.seconds(), one.batch(), one.precision()))
        .toList();
  }
}
