/**
 * How well something simple predicts a class: the linear probe.
 *
 * <p>What a linear probe finds in a feature is there for anyone to find: so it says what a shortcut
 * is worth before a model is trained, and what a trained head must beat. Start at {@link
 * dev.serenade.evaluation.probe.SoftmaxRegression}.
 */
package dev.serenade.evaluation.probe;
