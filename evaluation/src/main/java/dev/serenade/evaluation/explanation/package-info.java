/**
 * Whether an explanation names what a score depends on: scores of clips from which parts were taken
 * away in its order, against random order.
 *
 * <p>Start at {@link dev.serenade.evaluation.explanation.ExplanationTest}.
 */
package dev.serenade.evaluation.explanation;
