/**
 * From a corpus to a model file, or to honest numbers.
 *
 * <p>A {@link dev.serenade.training.experiment.Recipe} says how heads are made and trained; {@link
 * dev.serenade.training.experiment.ModelTraining} makes one model with it, {@link
 * dev.serenade.training.experiment.CrossValidation} one for each fold of a protocol, each tested on
 * the fold's speakers.
 */
package dev.serenade.training.experiment;
