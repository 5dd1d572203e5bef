/**
 * How much of a number is luck: spread over folds, intervals, and whether one run beats another.
 *
 * <p>One speaker's clips are alike, so speakers, not clips, are resampled and swapped. Start with
 * {@link dev.serenade.evaluation.significance.MetricSummary} for one run and {@link
 * dev.serenade.evaluation.significance.Comparison} for two.
 */
package dev.serenade.evaluation.significance;
