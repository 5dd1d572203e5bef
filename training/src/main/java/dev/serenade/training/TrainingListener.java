package dev.serenade.training;

/** Hears how training goes, on the thread that trains. */
public interface TrainingListener {

  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * A step is done.
   *
   * @param step counted from 1
   * @param steps how many there will be, unless training ends early
   * @param loss of this step's batch
   * @param learningRate of this step
   */
  default void stepDone(int step, int steps, double loss, double learningRate) {}

  /** An epoch is done. */
  default void epochDone(EpochSummary epoch) {}

  /** There is something to know, in a line, such as that training goes on from a checkpoint. */
  default void note(String line) {}
}
