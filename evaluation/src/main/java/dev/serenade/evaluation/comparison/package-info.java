/**
 * Sets runs over the same clips against each other: which is better, by how much, on which classes,
 * speakers and clips, and whether the data bear the claim.
 *
 * <p>Read each run as a {@link dev.serenade.evaluation.comparison.ComparedRun}, bring them to the
 * clips they share with {@link dev.serenade.evaluation.comparison.AlignedRuns}, compute with {@link
 * dev.serenade.evaluation.comparison.ComparisonSummary} and write with {@link
 * dev.serenade.evaluation.comparison.ComparisonReport}. The tests themselves are in {@link
 * dev.serenade.evaluation.significance}.
 */
package dev.serenade.evaluation.comparison;
