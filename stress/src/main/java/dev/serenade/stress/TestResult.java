package dev.serenade.stress;

import dev.serenade.evaluation.significance.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One test and what came out.
 *
 * @param group where it belongs
 * @param name unique within a run
 * @param description what was done, in a sentence
 * @param measure what was measured, such as {@code unchanged}
 * @param threshold what is asked of it
 * @param value what was measured; empty if and only if the test was not run
 * @param interval95 how the value would vary with other speakers; empty for a single speaker
 * @param clips how many clips count
 * @param notTested why the test was not run
 */
public record TestResult(
    StressGroup group,
    String name,
    String description,
    String measure,
    Threshold threshold,
    OptionalDouble value,
    Optional<Interval> interval95,
    int clips,
    Optional<String> notTested) {

  /** Checks that there is either a value or a reason. */
  public TestResult {
    if (value.isPresent() == notTested.isPresent()) {
      throw new IllegalArgumentException(
          "%s: expected either a value or a reason why there is none, found %s and %s"
              .formatted(name, value, notTested));
    }
  }

  /** Returns whether the test was run, and the value is as asked. */
  public boolean passed() {
    return value.isPresent() && threshold.isMetBy(value.getAsDouble());
  }

  /** Returns whether the test was run, and the value is not as asked. */
  public boolean failed() {
    return value.isPresent() && !passed();
  }

  /** What a test is, before anything is measured. */
  record Question(
      StressGroup group, String name, String description, String measure, Threshold threshold) {

    TestResult answered(OptionalDouble value, Optional<Interval> interval95, int clips) {
      return value.isEmpty()
          ? notTested(measure + " is undefined on these clips", clips)
          : new TestResult(
              group,
              name,
              description,
              measure,
              threshold,
              value,
              interval95,
              clips,
              Optional.empty());
    }

    TestResult notTested(String reason, int clips) {
      return new TestResult(
          group,
          name,
          description,
          measure,
          threshold,
          OptionalDouble.empty(),
          Optional.empty(),
          clips,
          Optional.of(reason));
    }
  }
}
