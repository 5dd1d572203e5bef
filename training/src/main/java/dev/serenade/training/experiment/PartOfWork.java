package dev.serenade.training.experiment;

import dev.serenade.training.EpochSummary;
import dev.serenade.training.TrainingListener;

/**
 * Tells a listener of one of several trainings as if they were one. Epochs without validation
 * examples, as when refitting, are not told.
 *
 * @param listener to all of the work
 * @param stepsBefore the steps of the parts before
 * @param steps of all parts
 */
record PartOfWork(TrainingListener listener, int stepsBefore, int steps)
    implements TrainingListener {

  @Override
  public void stepDone(int step, int stepsOfPart, double loss, double learningRate) {
    listener.stepDone(stepsBefore + step, steps, loss, learningRate);
  }

  @Override
  public void epochDone(EpochSummary epoch) {
    if (epoch.validationRecall().isPresent()) {
      listener.epochDone(epoch);
    }
  }

  @Override
  public void note(String line) {
    listener.note(line);
  }
}
