/**
 * Trains heads on hidden states that were computed once.
 *
 * <p>Start at {@link dev.serenade.training.HeadTrainer}: it takes {@link
 * dev.serenade.training.ExampleSet}s over {@link dev.serenade.training.Features} and gives a {@link
 * dev.serenade.training.TrainingResult}. {@link dev.serenade.training.TrainingSettings} holds every
 * default.
 *
 * <p>The engine, PyTorch by DJL, does the tensor operations and their gradients of one step at a
 * time; the parameters and the optimizer are plain arrays.
 */
package dev.serenade.training;
